//! All the app knows, and the rules of who may still see it. No browser in here: tested natively.

use super::board::{Board, BoardWish};
use super::{
    Connection, ConsentDraft, Desk, Filings, ImportDraft, Load, NumbersDraft, People, PersonKey, Reach, Wish,
};
use crate::service::config::Config;
use crate::service::problem::Problem;
use domain::upstream::{ClientsResponse, SeenResponse, Staff};
use std::rc::Rc;

/// What stands between a person and the pages.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Settings and key are being read.
    Starting,
    /// It cannot start.
    Broken(Problem),
    /// The device has to join the office first.
    Enrol {
        /// Why again, when it had joined before.
        why: Option<Problem>,
    },
    /// Somebody has to sign in.
    SignIn {
        /// Why again; `APP-010` after a lock.
        why: Option<Problem>,
        /// Who was working here, and whose work is kept.
        last: Option<Rc<Staff>>,
    },
    /// Somebody works.
    Working(Rc<Staff>),
}

/// The whole memory of the app.
#[derive(Debug)]
pub struct Memory {
    /// Settings.
    pub config: Rc<Config>,
    /// What stands before the pages.
    pub phase: Phase,
    /// Whether the screen is covered because nobody touched it.
    pub masked: bool,
    /// What is known of the way to the upstream.
    pub connection: Connection,
    /// Work of whoever signed in last.
    pub work: Work,
    /// Counts changes of hands: an answer that was asked for before one is not kept.
    pub hands: u32,
}

/// What belongs to one member of staff and goes when another comes.
#[derive(Debug, Default)]
pub struct Work {
    /// People met.
    pub people: People,
    /// The list of those seen today.
    pub seen: Load<SeenResponse>,
    /// The form by numbers.
    pub numbers: NumbersDraft,
    /// The office's clients.
    pub clients: Load<ClientsResponse>,
    /// What is wished of their list.
    pub wish: Wish,
    /// Clients from a file.
    pub import: Option<ImportDraft>,
    /// 受付 of a municipality.
    pub desk: Desk,
    /// 認定の進捗.
    pub board: Board,
    /// What is wished of it.
    pub board_wish: BoardWish,
    /// A consent as typed, and whose.
    pub consent: Option<(PersonKey, ConsentDraft)>,
    /// 届出.
    pub filings: Filings,
}

/// Codes that end a session.
pub(super) const SESSION_OVER: [&str; 3] = ["UPS-105", "UPS-106", "UPS-401"];
/// Code of a device that is not enrolled (any more).
const NOT_ENROLLED: &str = "RLY-015";
/// Code of a lock.
const LOCKED: &str = "APP-010";

impl Default for Memory {
    fn default() -> Self {
        Self {
            config: Rc::default(),
            phase: Phase::Starting,
            masked: false,
            connection: Connection::default(),
            work: Work::default(),
            hands: 0,
        }
    }
}

impl Memory {
    /// Who works.
    pub fn staff(&self) -> Option<Rc<Staff>> {
        match &self.phase {
            Phase::Working(staff) => Some(Rc::clone(staff)),
            _ => None,
        }
    }

    /// Somebody signed in. The same person finds the work as it was; another finds none of it, and
    /// whether it is another one after somebody is the answer.
    pub fn signed_in(&mut self, staff: Staff) -> bool {
        let after_somebody = matches!(&self.phase, Phase::SignIn { last: Some(_), .. });
        let same = matches!(
            &self.phase,
            Phase::SignIn { last: Some(last), .. } if last.user_id == staff.user_id && last.office == staff.office
        );
        if !same {
            self.forget();
        }
        self.masked = false;
        self.phase = Phase::Working(Rc::new(staff));
        after_somebody && !same
    }

    /// Locks; the work stays for the same person.
    pub fn lock(&mut self) {
        self.leave(Some(Problem::new(LOCKED)));
    }

    /// Signs out; nothing stays.
    pub fn sign_out(&mut self) {
        self.forget();
        self.masked = false;
        self.phase = Phase::SignIn { why: None, last: None };
    }

    /// Draws the consequences of a failed call: back to the sign-in or to the enrolment, and what is known
    /// of the connection.
    pub fn failed(&mut self, problem: &Problem) {
        self.connection = self.connection.after(problem);
        if SESSION_OVER.contains(&problem.code.as_ref()) {
            self.leave(Some(problem.clone()));
        } else if problem.is(NOT_ENROLLED) {
            self.phase = Phase::Enrol { why: Some(problem.clone()) };
        }
    }

    /// A call succeeded.
    pub fn reached(&mut self) {
        self.connection = Connection { relay: Reach::Up, upstream: Reach::Up };
    }

    fn leave(&mut self, why: Option<Problem>) {
        if let Phase::Working(staff) = &self.phase {
            self.phase = Phase::SignIn { why, last: Some(Rc::clone(staff)) };
            self.work.filings.close();
            self.masked = false;
        }
    }

    fn forget(&mut self) {
        self.work = Work::default();
        self.hands += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::number::{OfficeNumber, UserId};
    use domain::upstream::{Role, ServiceType};

    fn staff(id: &str) -> Staff {
        Staff {
            user_id: UserId::parse(id).unwrap(),
            name: id.into(),
            role: Role::Staff,
            office: OfficeNumber::parse("1070400005").unwrap(),
            office_name: "かけはし".into(),
            service: ServiceType::CareManagement,
            job: None,
            insurer: None,
        }
    }

    /// Somebody works and has typed something.
    fn working(id: &str) -> Memory {
        let mut memory = Memory::default();
        memory.signed_in(staff(id));
        memory.work.numbers.insured = "0000012345".into();
        memory
    }

    #[test]
    fn a_session_that_ends_in_mid_work_keeps_the_work_for_the_same_person() {
        for code in ["UPS-105", "UPS-106", "UPS-401"] {
            let mut memory = working("care01");
            let hands = memory.hands;
            memory.failed(&Problem::new(code));
            assert!(matches!(&memory.phase, Phase::SignIn { why: Some(why), .. } if why.is(code)));
            assert!(memory.staff().is_none());
            assert!(!memory.signed_in(staff("care01")));
            assert_eq!(memory.work.numbers.insured, "0000012345");
            assert_eq!(memory.hands, hands);
        }
    }

    #[test]
    fn somebody_else_finds_nothing() {
        let mut memory = working("care01");
        let hands = memory.hands;
        memory.lock();
        assert!(matches!(&memory.phase, Phase::SignIn { why: Some(why), .. } if why.is(LOCKED)));
        assert!(memory.signed_in(staff("care02")));
        assert!(memory.work.numbers.insured.is_empty());
        assert_ne!(memory.hands, hands);
    }

    #[test]
    fn the_same_name_in_another_office_is_somebody_else() {
        let mut memory = working("care01");
        memory.lock();
        memory.signed_in(Staff { office: OfficeNumber::parse("1070400013").unwrap(), ..staff("care01") });
        assert!(memory.work.numbers.insured.is_empty());
    }

    #[test]
    fn signing_out_leaves_nothing_even_for_the_same_person() {
        let mut memory = working("care01");
        memory.sign_out();
        assert_eq!(memory.phase, Phase::SignIn { why: None, last: None });
        memory.signed_in(staff("care01"));
        assert!(memory.work.numbers.insured.is_empty());
    }

    #[test]
    fn a_lock_of_nobody_changes_nothing() {
        let mut memory = Memory { phase: Phase::Enrol { why: None }, ..Memory::default() };
        memory.lock();
        memory.failed(&Problem::new("UPS-105"));
        assert_eq!(memory.phase, Phase::Enrol { why: None });
    }

    #[test]
    fn a_device_that_is_not_enrolled_any_more_enrols_again() {
        let mut memory = working("care01");
        memory.failed(&Problem::new("RLY-015"));
        assert!(matches!(&memory.phase, Phase::Enrol { why: Some(why) } if why.is("RLY-015")));
    }

    #[test]
    fn other_failures_leave_people_where_they_are() {
        for code in ["UPS-111", "APP-001", "RLY-041", "UPS-403", "CARD-001"] {
            let mut memory = working("care01");
            memory.failed(&Problem::new(code));
            assert!(memory.staff().is_some(), "{code}");
        }
    }
}
