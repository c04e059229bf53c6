//! 認定調査票, 主治医意見書 and 判定結果・審査会の意見: what there is, what may be opened, and the envelope it comes in.

use super::PersonHandle;
use crate::access::{Age, Denial};
use crate::calendar::{Date, Time};
use crate::certification::CaseId;
use crate::code::coded;
use serde::{Deserialize, Serialize};

/// Names a document; random.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

coded! {
    /// Kinds of document.
    DocumentKind {
        Survey = "survey" "認定調査票";
        Opinion = "opinion" "主治医意見書";
        Judgement = "judgement" "判定結果・審査会の意見";
    }
}

/// Asks which documents of a person there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentListRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// One answer a kind, in the order of the kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentListResponse {
    /// The upstream's clock.
    pub now: Time,
    /// Each kind once.
    pub kinds: Vec<DocumentShelf>,
}

/// All that is told of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentShelf {
    /// Which kind.
    pub kind: DocumentKind,
    /// The kind is closed to this account as a whole: then nothing tells whether there is a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Denial>,
    /// Latest and previous.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentHead>,
}

/// One document, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentHead {
    /// Names it for opening.
    pub id: DocumentId,
    /// Which kind.
    pub kind: DocumentKind,
    /// Latest or previous.
    pub age: Age,
    /// Of which case.
    pub case: CaseId,
    /// 調査日, 記入日 or 判定日.
    pub on: Date,
    /// When the source held it.
    pub as_of: Time,
    /// Who said it, in words.
    pub source: String,
    /// Pages of the original PDF; nothing when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf_pages: Option<u32>,
    /// It may not be opened, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Denial>,
}

/// Opens a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOpenRequest {
    /// Whose.
    pub person: PersonHandle,
    /// Which.
    pub document: DocumentId,
    /// What of it.
    pub part: DocumentPart,
}

/// Asks whether a document that is open may stay open. Nothing is shown by it, so that it is no viewing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentStillRequest {
    /// Whose.
    pub person: PersonHandle,
    /// Which.
    pub document: DocumentId,
}

/// It may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentStill {
    /// Not before so many seconds should be asked again.
    pub again_in_s: u32,
}

/// What of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentPart {
    /// Its structured content.
    Content,
    /// The original PDF from this byte on: it comes in pieces, so that long ones pass every limit on size.
    Pdf {
        /// First byte.
        offset: u64,
    },
}

/// A document that was opened; `C` is the content of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentOpened<C> {
    /// Which.
    pub head: DocumentHead,
    /// When it was opened, as it stands in the record of viewings.
    pub opened_at: Time,
    /// It must leave the screen then (閲覧期限, end of consent).
    pub until: Time,
    /// What was asked for.
    pub body: DocumentBody<C>,
}

/// Content or a piece of the PDF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentBody<C> {
    /// Structured content.
    Content(C),
    /// A piece of the PDF.
    Pdf(PdfPiece),
    /// There is no such part.
    None,
}

/// A piece of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfPiece {
    /// Its first byte.
    pub offset: u64,
    /// Bytes of the whole file.
    pub total: u64,
    /// SHA-256 of the whole file, hexadecimal.
    pub sha256: String,
    /// The piece, base64 with padding; empty past the end.
    pub data: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_envelope_has_the_documented_shape_whatever_is_in_it() {
        let head = r#"{"id":"d1","kind":"survey","age":"latest","case":"c1","on":"2026-10-14",
            "as_of":1795323907,"source":"伊勢崎市(保険者)","pdf_pages":6}"#;
        let opened = |body: &str| {
            let text =
                [r#"{"head":"#, head, r#","opened_at":1795323907,"until":1795330000,"body":"#, body, "}"]
                    .concat();
            serde_json::from_str::<DocumentOpened<Vec<u8>>>(&text).unwrap().body
        };
        assert_eq!(opened(r#"{"content":[1,2]}"#), DocumentBody::Content(vec![1, 2]));
        let piece = r#"{"pdf":{"offset":0,"total":4,"sha256":"00","data":"JVBERg=="}}"#;
        assert!(matches!(opened(piece), DocumentBody::Pdf(PdfPiece { total: 4, .. })));
        assert_eq!(opened(r#""none""#), DocumentBody::None);
        let ask = |part| serde_json::to_value(part).unwrap().to_string();
        assert_eq!(ask(DocumentPart::Content), r#""content""#);
        assert_eq!(ask(DocumentPart::Pdf { offset: 0 }), r#"{"pdf":{"offset":0}}"#);
    }

    #[test]
    fn a_closed_kind_tells_nothing_of_its_documents() {
        let shelf: DocumentShelf = serde_json::from_str(r#"{"kind":"opinion","closed":"UPS-132"}"#).unwrap();
        assert_eq!((shelf.closed, shelf.documents.len()), (Some(Denial::NoConsent), 0));
        assert_eq!(serde_json::to_string(&shelf).unwrap(), r#"{"kind":"opinion","closed":"UPS-132"}"#);
    }
}
