//! Clients from a file, while they are looked up: kept in memory so that nothing is lost on the way.

use crate::service::problem::Problem;
use domain::import::{Import, ImportLine};
use domain::upstream::{ClientEntry, Consent, ConsentGiver, ConsentMethod, SearchPurpose, SearchRequest};

/// A file, line by line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportDraft {
    /// Its lines.
    pub lines: Vec<DraftLine>,
    /// Headings that are left aside.
    pub unused: Vec<String>,
    /// Who consented.
    pub giver: Option<ConsentGiver>,
    /// How.
    pub method: Option<ConsentMethod>,
    /// Whether the member of staff confirms that all consented.
    pub agreed: bool,
}

/// One line and what has become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftLine {
    /// As it was read.
    pub line: ImportLine,
    /// How far it is.
    pub state: LineState,
}

/// How far a line is.
#[derive(Debug, Clone, PartialEq)]
pub enum LineState {
    /// It has to be mended in the file.
    Wrong,
    /// It can be looked up.
    Ready,
    /// On the list now.
    Added,
    /// On the list before.
    Already,
    /// It was looked up in vain.
    Failed(Problem),
}

impl ImportDraft {
    /// A file that was read, beside the clients there are.
    pub fn new(import: Import, clients: &[ClientEntry]) -> Self {
        let known = |line: &ImportLine| {
            line.client.as_ref().is_some_and(|client| {
                clients.iter().any(|entry| {
                    entry.outline.is_some()
                        && entry.person.insured == client.insured
                        && entry.person.insurer == client.insurer
                })
            })
        };
        let lines = import.lines.into_iter().map(|line| {
            let state = match &line.client {
                None => LineState::Wrong,
                Some(_) if known(&line) => LineState::Already,
                Some(_) => LineState::Ready,
            };
            DraftLine { line, state }
        });
        Self { lines: lines.collect(), unused: import.unused, ..Self::default() }
    }

    /// How many lines are as asked.
    pub fn count(&self, is: impl Fn(&LineState) -> bool) -> usize {
        self.lines.iter().filter(|line| is(&line.state)).count()
    }

    /// The consent as of now; `None` until all of it is confirmed.
    pub fn consent(&self, now: domain::calendar::Time) -> Option<Consent> {
        let (giver, method) = (self.giver?, self.method?);
        self.agreed.then_some(Consent { giver, method, given_at: now })
    }

    /// Whether a consent has to be confirmed here, because a line that waits brings none of its own.
    pub fn asks_consent(&self) -> bool {
        self.lines.iter().any(|line| {
            let open = matches!(line.state, LineState::Ready | LineState::Failed(_));
            open && line.line.client.as_ref().is_some_and(|client| client.consent.is_none())
        })
    }

    /// The next line to look up, with its question: under its own consent, or under that confirmed here.
    pub fn next(&self, confirmed: Option<&Consent>) -> Option<(usize, SearchRequest)> {
        let at = self.lines.iter().position(|line| line.state == LineState::Ready)?;
        let client = self.lines.get(at)?.line.client.as_ref()?;
        let consent = client.consent.as_ref().or(confirmed)?;
        let request = SearchRequest {
            insurer: client.insurer.clone(),
            insured: client.insured.clone(),
            birth_date: client.birth_date,
            sex: client.sex,
            consent: Some(consent.clone()),
            purpose: SearchPurpose::List,
        };
        Some((at, request))
    }

    /// Keeps what became of a line. Whether the next may follow: nobody found is an answer about one person,
    /// all else stands in the way of the others too, and then the line waits with them.
    pub fn ended(&mut self, at: usize, result: Result<(), Problem>) -> Option<Problem> {
        let line = self.lines.get_mut(at)?;
        match result {
            Ok(()) => line.state = LineState::Added,
            Err(problem) if problem.is("UPS-111") => line.state = LineState::Failed(problem),
            Err(problem) => return Some(problem),
        }
        None
    }

    /// Lines that failed may be tried again.
    pub fn again(&mut self) {
        for line in &mut self.lines {
            if matches!(line.state, LineState::Failed(_)) {
                line.state = LineState::Ready;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::{Date, Time};

    const FILE: &str = "保険者番号,被保険者番号,生年月日,性別\n\
        102046,0000000001,S15.3.2,女\n102046,x,S15.3.2,女\n102046,0000000003,S15.3.2,男\n";

    fn draft() -> ImportDraft {
        let import = domain::import::read(FILE, Date::from_iso("2026-11-22").unwrap()).unwrap();
        let mut draft = ImportDraft::new(import, &[]);
        draft.giver = Some(ConsentGiver::Person);
        draft.method = Some(ConsentMethod::Written);
        draft
    }

    #[test]
    fn without_a_confirmation_there_is_no_consent() {
        let mut draft = draft();
        assert_eq!(draft.consent(Time(7)), None);
        draft.agreed = true;
        assert_eq!(draft.consent(Time(7)).unwrap().given_at, Time(7));
        draft.method = None;
        assert_eq!(draft.consent(Time(7)), None);
    }

    #[test]
    fn a_line_with_its_own_consent_asks_for_none() {
        let file = "保険者番号,被保険者番号,生年月日,性別,同意者,同意の方法,同意日\n\
            102046,0000000001,S15.3.2,女,本人,書面,2026-04-01\n102046,0000000002,S15.3.2,女,,,\n";
        let import = domain::import::read(file, Date::from_iso("2026-11-22").unwrap()).unwrap();
        let draft = ImportDraft::new(import, &[]);
        assert!(!draft.asks_consent());
        assert_eq!(draft.count(|state| *state == LineState::Wrong), 1, "the second says nothing of consent");
        let (_, request) = draft.next(None).unwrap();
        assert_eq!(request.consent.unwrap().method, ConsentMethod::Written);
        let without = self::draft();
        assert!(without.asks_consent());
        assert_eq!(without.next(None), None);
    }

    #[test]
    fn one_after_the_other_and_what_failed_can_be_tried_again() {
        let mut draft = ImportDraft { agreed: true, ..draft() };
        let consent = draft.consent(Time(7)).unwrap();
        let (first, request) = draft.next(Some(&consent)).unwrap();
        assert_eq!((first, request.insured.as_str()), (0, "0000000001"));
        assert_eq!(request.consent, Some(consent.clone()));
        assert_eq!(draft.ended(first, Ok(())), None);
        let (third, _) = draft.next(Some(&consent)).unwrap();
        assert_eq!(third, 2, "the second is to be mended");
        // The line is gone: this one waits.
        let down = Problem::new("APP-001");
        assert_eq!(draft.ended(third, Err(down.clone())), Some(down));
        assert_eq!(draft.next(Some(&consent)).unwrap().0, third);
        // Nobody is there: that is an answer.
        assert_eq!(draft.ended(third, Err(Problem::new("UPS-111"))), None);
        assert_eq!(draft.next(Some(&consent)), None);
        draft.again();
        assert_eq!(draft.next(Some(&consent)).unwrap().0, third);
        let is = |state: &LineState| *state == LineState::Added;
        assert_eq!((draft.count(is), draft.count(|state| *state == LineState::Wrong)), (1, 1));
    }
}
