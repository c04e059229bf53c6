//! What can be said of a clerk's sheet before it is sent: which facts it holds, what is wrong with them, what
//! should be looked at. The rules are the domain's.

use crate::state::{EntryDraft, EntryField as Field};
use crate::text::desk::entry::entry as words;
use crate::text::desk::fact::contradiction;
use domain::calendar::{Date, DateError, parse_date};
use domain::certification::{
    Application, ApplicationKind, Case, Contradiction, Fact, Outcome, Postponement, Step, Validity,
};
use domain::qualification::CareLevel;

/// A day that stands alone: field, step, what it makes.
type Day = (Field, Step, fn(Date) -> Fact);

/// All of them, in the order of the page.
pub(super) const DAYS: [Day; 7] = [
    (Field::SurveyRequest, Step::SurveyRequest, Fact::SurveyRequest),
    (Field::Survey, Step::Survey, Fact::Survey),
    (Field::OpinionRequest, Step::OpinionRequest, Fact::OpinionRequest),
    (Field::Opinion, Step::Opinion, Fact::Opinion),
    (Field::FirstJudgement, Step::FirstJudgement, Fact::FirstJudgement),
    (Field::Committee, Step::Committee, Fact::Committee),
    (Field::Notice, Step::Notice, Fact::Notice),
];

/// Values of 結果 in the form.
pub(super) const CERTIFIED: &str = "certified";
pub(super) const NOT_CERTIFIED: &str = "not_certified";
pub(super) const DISMISSED: &str = "dismissed";
pub(super) const WITHDRAWN: &str = "withdrawn";

/// Something to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where; nowhere when it is about the case as a whole.
    pub(super) field: Option<Field>,
    /// Why.
    pub(super) why: String,
    /// Whether it is so while somebody types: a date of which half is typed is not yet wrong.
    pub(super) at_once: bool,
}

/// What a look at the sheet says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::page::desk) struct Looked {
    /// What would be entered.
    pub(in crate::page::desk) facts: Vec<Fact>,
    /// What is to be mended first.
    pub(super) wrong: Vec<Wrong>,
    /// What is to be looked at first.
    pub(super) looks: Vec<(Option<Field>, Contradiction)>,
    /// Where what was typed stands already.
    pub(super) same: Vec<Field>,
}

/// Looks at a sheet.
pub(in crate::page::desk) fn look(case: &Case, draft: &EntryDraft, today: Date) -> Looked {
    let mut sheet = Sheet { case, draft, found: Looked::default() };
    sheet.application();
    for (field, step, fact) in DAYS {
        if let Some(on) = sheet.day(field) {
            sheet.enter(field, step, fact(on));
        }
    }
    sheet.outcome();
    sheet.postponement();
    for step in &draft.cleared {
        sheet.found.facts.push(Fact::Cleared(*step));
    }
    let mut found = sheet.found;
    for one in case.entry(&found.facts, today) {
        let field = place(one, &found.facts);
        if one.refuses() {
            found.wrong.push(Wrong { field, why: contradiction(one), at_once: true });
        } else {
            found.looks.push((field, one));
        }
    }
    found.wrong.sort_by_key(|wrong| wrong.field.map_or(usize::MAX, |field| field as usize));
    found
}

struct Sheet<'a> {
    case: &'a Case,
    draft: &'a EntryDraft,
    found: Looked,
}

impl Sheet<'_> {
    fn wrong(&mut self, field: Field, why: String) {
        self.found.wrong.push(Wrong { field: Some(field), why, at_once: false });
    }

    /// A day that may be left out.
    fn day(&mut self, field: Field) -> Option<Date> {
        match parse_date(self.draft.get(field)) {
            Ok(day) => Some(day),
            Err(DateError::Empty) => None,
            Err(error) => {
                self.wrong(field, error.to_string());
                None
            }
        }
    }

    /// A day that is needed.
    fn needed(&mut self, field: Field) -> Option<Date> {
        if self.draft.get(field).trim().is_empty() {
            self.wrong(field, words().missing.to_owned());
        }
        self.day(field)
    }

    fn reason(&mut self, field: Field) -> Option<String> {
        let reason = self.draft.get(field).trim();
        if reason.chars().count() > 400 {
            self.wrong(field, words().long.to_owned());
        }
        (!reason.is_empty()).then(|| reason.to_owned())
    }

    /// Keeps a fact, unless it stands already.
    fn enter(&mut self, field: Field, step: Step, fact: Fact) {
        let with = self.case.with([&fact]);
        let same = match step {
            Step::Application => with.application == self.case.application,
            Step::Outcome => with.outcome == self.case.outcome,
            Step::Postponement => with.postponement == self.case.postponement,
            other => with.day_of(other) == self.case.day_of(other),
        };
        if same {
            self.found.same.push(field);
        } else {
            self.found.facts.push(fact);
        }
    }

    fn application(&mut self) {
        let typed = self.day(Field::Applied);
        let code = self.draft.get(Field::Kind);
        let chosen = ApplicationKind::ALL.iter().find(|kind| kind.code() == code).copied();
        if typed.is_none() && chosen.is_none() {
            return;
        }
        let before = self.case.application;
        let kind = chosen.or(before.map(|application| application.kind));
        let on = typed.or(before.map(|application| application.on));
        match (kind, on) {
            (Some(kind), Some(on)) => {
                self.enter(Field::Applied, Step::Application, Fact::Application(Application { kind, on }));
            }
            (None, _) => self.wrong(Field::Kind, words().chosen_missing.to_owned()),
            (_, None) => self.wrong(Field::Applied, words().missing.to_owned()),
        }
    }

    fn outcome(&mut self) {
        let kind = self.draft.get(Field::Outcome).to_owned();
        let outcome = match kind.as_str() {
            CERTIFIED => {
                let on = self.needed(Field::OutcomeOn);
                let code = self.draft.get(Field::Level);
                let level = CareLevel::ALL.iter().find(|level| level.code() == code).copied();
                if level.is_none() {
                    self.wrong(Field::Level, words().chosen_missing.to_owned());
                }
                let (from, to) = (self.needed(Field::ValidFrom), self.needed(Field::ValidTo));
                let (Some(on), Some(level), Some(from), Some(to)) = (on, level, from, to) else { return };
                Outcome::Certified { on, level, validity: Validity { from, to } }
            }
            NOT_CERTIFIED | DISMISSED | WITHDRAWN => {
                let reason = if kind == DISMISSED { self.reason(Field::OutcomeReason) } else { None };
                let Some(on) = self.needed(Field::OutcomeOn) else { return };
                match kind.as_str() {
                    NOT_CERTIFIED => Outcome::NotCertified { on },
                    DISMISSED => Outcome::Dismissed { on, reason },
                    _ => Outcome::Withdrawn { on },
                }
            }
            _ => return,
        };
        self.enter(Field::Outcome, Step::Outcome, Fact::Outcome(outcome));
    }

    fn postponement(&mut self) {
        let until = self.day(Field::PostponedUntil);
        let reason = self.reason(Field::PostponedReason);
        let fields = [Field::PostponedOn, Field::PostponedUntil, Field::PostponedReason];
        if fields.iter().all(|field| self.draft.get(*field).trim().is_empty()) {
            return;
        }
        let Some(notified_on) = self.needed(Field::PostponedOn) else { return };
        let notice = Postponement { notified_on, until, reason };
        self.enter(Field::PostponedOn, Step::Postponement, Fact::Postponement(notice));
    }
}

/// The field a contradiction is said at.
fn place(found: Contradiction, facts: &[Fact]) -> Option<Field> {
    let typed = |step| facts.iter().any(|fact| fact.step() == step);
    let step = match found {
        Contradiction::Order(first, second) => {
            if typed(first) && !typed(second) {
                first
            } else {
                second
            }
        }
        Contradiction::Disagree(step)
        | Contradiction::BeforeApplication(step)
        | Contradiction::Future(step)
        | Contradiction::Unentered(step)
        | Contradiction::AfterEnd(step)
        | Contradiction::Twice(step) => step,
        Contradiction::NoApplication => Step::Application,
        Contradiction::NoticeBeforeOutcome => Step::Notice,
        Contradiction::Level => return Some(Field::Level),
        Contradiction::ValidityStart { .. } => return Some(Field::ValidFrom),
        Contradiction::ValidityReversed
        | Contradiction::ValidityEnd
        | Contradiction::ValidityLength { .. } => return Some(Field::ValidTo),
        Contradiction::Unknown => return None,
    };
    match step {
        Step::Application => Some(Field::Applied),
        Step::Outcome => Some(Field::OutcomeOn),
        Step::Postponement => Some(Field::PostponedOn),
        other => DAYS.iter().find(|(_, step, _)| *step == other).map(|(field, ..)| *field),
    }
}

/// The sheet after something was typed. A 認定 begins with what may be offered; its end follows from its
/// beginning and its months until somebody types it.
pub(super) fn typed(case: &Case, draft: EntryDraft, field: Field, text: String) -> EntryDraft {
    let begins = field == Field::Outcome && text == CERTIFIED;
    let mut draft = draft.typed(field, text);
    if begins && draft.get(Field::ValidFrom).is_empty() && draft.get(Field::Months).is_empty() {
        let offer = case.validity_offer();
        if let Some(from) = offer.from {
            draft = draft.typed(Field::ValidFrom, from.wareki());
        }
        if let Some(months) = offer.months {
            draft = draft.typed(Field::Months, months.standard.to_string());
        }
    }
    if begins || matches!(field, Field::ValidFrom | Field::Months) {
        let from = parse_date(draft.get(Field::ValidFrom)).ok();
        let months = draft.get(Field::Months).trim().parse().ok().filter(|months| (1..=120).contains(months));
        if let (Some(from), Some(months)) = (from, months) {
            draft = draft.typed(Field::ValidTo, Validity::of_months(from, months).to.wareki());
        }
    }
    draft
}

#[cfg(test)]
mod tests;
