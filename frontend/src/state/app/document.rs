//! 書類: what a page asks for, and the signal that a person's documents have to leave the screen.

use super::App;
use crate::service::problem::Problem;
use crate::state::PersonKey;
use base64ct::{Base64, Encoding};
use domain::document::{Judgement, Opinion, Survey};
use domain::upstream::{
    DocumentBody, DocumentId, DocumentListResponse, DocumentOpenRequest, DocumentOpened, DocumentPart,
    DocumentStillRequest, Empty, PersonHandle,
};
use js_sys::Uint8Array;
use zeroize::Zeroizing;

/// An original larger than this is not fetched.
const LARGEST: u64 = 64 << 20;

/// A PDF that came whole. The bytes belong to the browser: in the app's own memory none is left.
#[derive(Debug, Clone)]
pub struct Original {
    /// The file.
    pub file: Uint8Array,
    /// Whether its SHA-256 is what the upstream says it is.
    pub agrees: bool,
}

/// Two are equal when they are the same file in the browser, not when they say the same.
impl PartialEq for Original {
    fn eq(&self, other: &Self) -> bool {
        js_sys::Object::is(&self.file, &other.file)
    }
}

impl App {
    /// Which documents of a person there are.
    ///
    /// # Errors
    /// `UPS-120` and after, and what can happen on the way.
    pub async fn documents(&self, key: PersonKey) -> Result<DocumentListResponse, Problem> {
        let person = self.handle(key)?;
        self.heard_of(key, self.client()?.documents(&person).await)
    }

    /// Whether a document that is open may stay open; how many seconds later to ask again.
    ///
    /// # Errors
    /// As [`App::documents`].
    pub async fn still_open(&self, key: PersonKey, id: DocumentId) -> Result<u32, Problem> {
        let request = DocumentStillRequest { person: self.handle(key)?, document: id };
        let said = self.heard_of(key, self.client()?.still_open(&request).await)?;
        Ok(said.again_in_s)
    }

    /// Opens a 認定調査票.
    ///
    /// # Errors
    /// As [`App::documents`].
    pub async fn open_survey(
        &self,
        key: PersonKey,
        id: &DocumentId,
    ) -> Result<DocumentOpened<Survey>, Problem> {
        let request = self.asked(key, id, DocumentPart::Content)?;
        self.heard_of(key, self.client()?.open_document(&request).await)
    }

    /// Opens a 主治医意見書.
    ///
    /// # Errors
    /// As [`App::documents`].
    pub async fn open_opinion(
        &self,
        key: PersonKey,
        id: &DocumentId,
    ) -> Result<DocumentOpened<Opinion>, Problem> {
        let request = self.asked(key, id, DocumentPart::Content)?;
        self.heard_of(key, self.client()?.open_document(&request).await)
    }

    /// Opens a 判定結果・審査会の意見.
    ///
    /// # Errors
    /// As [`App::documents`].
    pub async fn open_judgement(
        &self,
        key: PersonKey,
        id: &DocumentId,
    ) -> Result<DocumentOpened<Judgement>, Problem> {
        let request = self.asked(key, id, DocumentPart::Content)?;
        self.heard_of(key, self.client()?.open_document(&request).await)
    }

    /// Fetches an original, piece by piece.
    ///
    /// # Errors
    /// As [`App::documents`]; `APP-004` when the pieces do not fit together.
    pub async fn open_original(
        &self,
        key: PersonKey,
        id: &DocumentId,
    ) -> Result<DocumentOpened<Original>, Problem> {
        let mut whole: Option<(Uint8Array, String)> = None;
        let mut offset = 0;
        loop {
            let request = self.asked(key, id, DocumentPart::Pdf { offset })?;
            let opened: DocumentOpened<Empty> =
                self.heard_of(key, self.client()?.open_document(&request).await)?;
            let DocumentBody::Pdf(piece) = opened.body else { return Err(Problem::new("APP-004")) };
            let data = Zeroizing::new(piece.data);
            let bytes = Zeroizing::new(Base64::decode_vec(&data).map_err(|_| Problem::new("APP-004"))?);
            let fits = piece.offset == offset && !bytes.is_empty() && piece.total <= LARGEST;
            let end = offset + bytes.len() as u64;
            let (file, sha256) = whole.get_or_insert_with(|| {
                let file = Uint8Array::new_with_length(piece.total.min(LARGEST) as u32);
                (file, piece.sha256.to_ascii_lowercase())
            });
            let same = sha256.eq_ignore_ascii_case(&piece.sha256) && u64::from(file.length()) == piece.total;
            if !fits || !same || end > piece.total {
                return Err(Problem::new("APP-004"));
            }
            file.subarray(offset as u32, end as u32).copy_from(&bytes);
            offset = end;
            if end == piece.total
                && let Some((file, said)) = whole
            {
                let agrees = crate::service::device::sha256(&file).await? == said;
                let body = DocumentBody::Content(Original { file, agrees });
                let (head, opened_at, until) = (opened.head, opened.opened_at, opened.until);
                return Ok(DocumentOpened { head, opened_at, until, body });
            }
        }
    }

    /// Closes every document of a person that is open: a consent was withdrawn, or a right has ended.
    pub fn close_documents(&self, key: PersonKey) {
        self.change(|memory| memory.work.people.close(key));
    }

    /// How often that was said of a person; a page that shows one compares.
    pub fn closings(&self, key: PersonKey) -> u32 {
        self.read(|memory| memory.work.people.closings(key))
    }

    pub(super) fn handle(&self, key: PersonKey) -> Result<PersonHandle, Problem> {
        let person = self.person(key).ok_or_else(|| Problem::new("UPS-121"))?;
        Ok(person.person.handle.clone())
    }

    fn asked(
        &self,
        key: PersonKey,
        id: &DocumentId,
        part: DocumentPart,
    ) -> Result<DocumentOpenRequest, Problem> {
        Ok(DocumentOpenRequest { person: self.handle(key)?, document: id.clone(), part })
    }
}
