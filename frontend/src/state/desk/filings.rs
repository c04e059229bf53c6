//! 届出 on the municipality's desk: the inbox, what was opened, what is typed. In memory only.

use super::PageEnd;
use crate::state::Load;
use domain::calendar::{Date, Time};
use domain::filing::{Answers, Field, FilingKey, FilingNumber, FormKind};
use domain::number::InsurerNumber;
use domain::search::normal;
use domain::upstream::{FilingState, FilingWay, InboxOpened, InboxRequest, InboxResponse};
use std::fmt;
use std::str::FromStr;

/// Names a filing within one session, as [`super::CaseKey`] names a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiledKey(usize);

impl fmt::Display for FiledKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FiledKey {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What is wished of the inbox, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxWish {
    /// Part of a name or number.
    pub text: String,
    /// Standing there; undecided ones without.
    pub state: Option<FilingState>,
    /// 様式.
    pub form: Option<FormKind>,
}

impl InboxWish {
    /// The question for a page of it.
    pub fn request(&self, after: Option<&PageEnd>, size: u16) -> InboxRequest {
        let text = normal(&self.text);
        InboxRequest {
            state: self.state,
            form: self.form,
            text: (!text.is_empty()).then_some(text),
            after: after.map(|end| end.mark.clone()),
            size,
        }
    }

    /// Whether it asks for all that is undecided.
    pub fn is_all(&self) -> bool {
        normal(&self.text).is_empty() && self.form.is_none() && self.is_undecided()
    }

    /// Whether it asks for what is undecided.
    pub fn is_undecided(&self) -> bool {
        matches!(self.state, None | Some(FilingState::Received))
    }
}

/// A filing on paper that is being entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDraft {
    /// Made once: however often it is sent, it is one entry.
    pub key: FilingKey,
    /// What stands on the paper.
    pub answers: Answers,
    /// 窓口 or 郵送.
    pub way: FilingWay,
    /// 受付日, as typed.
    pub received_on: String,
}

impl PaperDraft {
    /// A new one, come today over the counter, to the clerk's own insurer.
    pub fn new(key: FilingKey, today: Date, insurer: Option<&InsurerNumber>) -> Self {
        let mut answers = Answers::default();
        if let Some(insurer) = insurer {
            answers.set(Field::Insurer, insurer.as_str());
        }
        Self { key, answers, way: FilingWay::Counter, received_on: today.wareki() }
    }
}

/// All of it.
#[derive(Debug, Default)]
pub struct DeskFilings {
    /// What is wished of the inbox.
    pub wish: InboxWish,
    /// What was asked for last.
    pub asked: InboxWish,
    /// Where the pages before the one that is shown end.
    pub marks: Vec<PageEnd>,
    /// The page that is shown.
    pub inbox: Load<InboxResponse>,
    /// How many are undecided, as far as anybody asked.
    pub undecided: Option<u32>,
    /// When that was.
    pub counted_at: Option<Time>,
    /// A paper that is being entered.
    pub paper: Option<PaperDraft>,
    /// What was entered from paper last, until its page has said so.
    pub entered: Option<FiledKey>,
    /// Counts questions: only the answer to the last one is shown.
    turn: u32,
    met: Vec<Met>,
}

/// A filing met in this session.
#[derive(Debug)]
struct Met {
    number: FilingNumber,
    opened: Load<InboxOpened>,
    /// Why it is sent back, as typed.
    reason: String,
}

impl DeskFilings {
    /// Asks for a page; the number of the question.
    pub fn ask(&mut self, wish: InboxWish, marks: Vec<PageEnd>) -> u32 {
        // Another question's answer is not what is asked for now.
        self.inbox = if wish == self.asked && marks == self.marks {
            self.inbox.started()
        } else {
            Load::default().started()
        };
        (self.asked, self.marks) = (wish, marks);
        self.turn += 1;
        self.turn
    }

    /// Takes a page as it came; `turn` says to which question.
    pub fn take(&mut self, turn: u32, page: &InboxResponse) {
        for entry in &page.filings {
            self.meet(&entry.number);
        }
        if turn == self.turn && self.asked.is_all() {
            self.count(page);
        }
    }

    /// Takes how many are undecided from a page of all of them.
    pub fn count(&mut self, page: &InboxResponse) {
        (self.undecided, self.counted_at) = (Some(page.total), Some(page.now));
    }

    /// Where the answer to a question belongs; `None` when another was asked since.
    pub fn answered(&mut self, turn: u32) -> Option<&mut Load<InboxResponse>> {
        (turn == self.turn).then_some(&mut self.inbox)
    }

    /// The key of a filing, from now on.
    pub fn meet(&mut self, number: &FilingNumber) -> FiledKey {
        self.key_of(number).unwrap_or_else(|| {
            let number = number.clone();
            self.met.push(Met { number, opened: Load::default(), reason: String::new() });
            FiledKey(self.met.len() - 1)
        })
    }

    /// The key of a filing that was met.
    pub fn key_of(&self, number: &FilingNumber) -> Option<FiledKey> {
        self.met.iter().position(|met| met.number == *number).map(FiledKey)
    }

    /// 受付番号 of a key.
    pub fn number(&self, key: FiledKey) -> Option<FilingNumber> {
        self.met.get(key.0).map(|met| met.number.clone())
    }

    /// A filing as it was opened.
    pub fn opened(&self, key: FiledKey) -> Load<InboxOpened> {
        self.met.get(key.0).map(|met| met.opened.clone()).unwrap_or_default()
    }

    /// Changes how a filing was opened. Whatever it names can be opened in its turn.
    pub fn put(&mut self, key: FiledKey, opened: Load<InboxOpened>) {
        if let Some(value) = &opened.value {
            let entry = &value.entry;
            let others = value.register.others.iter().map(|other| &other.number);
            for number in others.chain(&entry.replaces).chain(&entry.replaced_by) {
                self.meet(number);
            }
        }
        if let Some(met) = self.met.get_mut(key.0) {
            met.opened = opened;
        }
    }

    /// Why a filing is sent back, as typed.
    pub fn reason(&self, key: FiledKey) -> String {
        self.met.get(key.0).map(|met| met.reason.clone()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn set_reason(&mut self, key: FiledKey, reason: String) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.reason = reason;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> FilingNumber {
        FilingNumber(text.into())
    }

    fn page(total: u32) -> InboxResponse {
        InboxResponse { now: Time(7), filings: Vec::new(), next: None, total }
    }

    #[test]
    fn a_filing_keeps_its_key_and_what_was_typed_of_it() {
        let mut desk = DeskFilings::default();
        let first = desk.meet(&number("1"));
        let second = desk.meet(&number("2"));
        assert_ne!(first, second);
        desk.set_reason(first, "様式が違います".into());
        assert_eq!((desk.meet(&number("1")), desk.reason(first).as_str()), (first, "様式が違います"));
        assert_eq!(first.to_string().parse(), Ok(first));
        assert_eq!((desk.number(second), desk.number(FiledKey(9))), (Some(number("2")), None));
    }

    #[test]
    fn only_the_answer_to_the_last_question_is_taken_and_counted() {
        let mut desk = DeskFilings::default();
        let slow = desk.ask(InboxWish::default(), Vec::new());
        let wish = InboxWish { form: Some(FormKind::HomeCare), ..InboxWish::default() };
        let quick = desk.ask(wish, Vec::new());
        desk.take(slow, &page(9));
        desk.take(quick, &page(3));
        assert_eq!(desk.undecided, None, "some of them are not all of them");
        assert!(desk.answered(slow).is_none() && desk.answered(quick).is_some());
        let whole = desk.ask(InboxWish::default(), Vec::new());
        desk.take(whole, &page(9));
        assert_eq!((desk.undecided, desk.counted_at), (Some(9), Some(Time(7))));
    }

    #[test]
    fn a_wish_becomes_a_question_in_one_form() {
        let wish = InboxWish { text: " ﾊﾅｺ ".into(), ..InboxWish::default() };
        assert_eq!(wish.request(None, 50).text, Some(normal("はなこ")));
        assert!(!wish.is_all() && wish.is_undecided());
        let spaces = InboxWish { text: " ".into(), ..InboxWish::default() };
        assert!(spaces.is_all() && spaces.request(None, 50).text.is_none());
        let returned = InboxWish { state: Some(FilingState::Returned), ..InboxWish::default() };
        assert!(!returned.is_all() && !returned.is_undecided());
    }
}
