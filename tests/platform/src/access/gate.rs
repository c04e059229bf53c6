//! The one door: the account's cell of the table, then what hangs on the person.
//!
//! A refusal must not tell whether there is such a person. So which questions are put to the database follows
//! from the account's own cell alone; for a handle that is nobody's the same statements run in the same order
//! and find nothing, and the answer is the same as for a person whom the office may not view.

use super::facts;
use crate::answer::business;
use crate::audit::Line;
use crate::consent;
use crate::http::Caller;
use crate::session::Member;
use crate::store::{Connection, OptionalExtension, StoreError, Transaction, params};
use kakehashi_domain::access::{
    Asker, Denial, Grant, Information, Need, Paper, Planner, Subject, cell, decide,
};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::{BusinessError, PersonHandle};

/// The number in the register that nobody has.
const NOBODY: i64 = -1;

/// A handle's person, its insurer and till when its office may view. [`held_right`] cannot be joined from the
/// left without being made whole first, so its two tables stand here.
///
/// [`held_right`]: crate::person::register::RIGHT
pub(crate) const ASKED: &str = "SELECT h.person, p.insurer,
         CASE WHEN c.until > v.until THEN c.until ELSE v.until END
     FROM handle h
     JOIN person p ON p.id = h.person
     LEFT JOIN viewing_right v ON v.office = h.office AND v.person = h.person
     LEFT JOIN client c ON c.office = h.office AND c.person = h.person
     WHERE h.handle = ?1 AND h.office = ?2";

/// Decides for one account at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gate<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) member: &'a Member,
    pub(crate) now: Time,
}

/// Whom an office means; nobody, when it has no such handle.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Number in the register.
    pub(crate) person: Option<i64>,
    /// 閲覧期限; nothing without a right.
    pub(crate) until: Option<Time>,
    /// 保険者番号; nothing for nobody.
    pub(crate) insurer: Option<InsurerNumber>,
}

impl Gate<'_> {
    /// Whom a handle names.
    pub(crate) fn asked(&self, handle: &PersonHandle) -> Result<Asked, StoreError> {
        let office = self.member.staff.office.as_str();
        let found = self
            .db
            .prepare_cached(ASKED)?
            .query_row(params![handle.0, office], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, Option<i64>>(2)?))
            })
            .optional()?;
        let Some((person, insurer, until)) = found else {
            return Ok(Asked { person: None, until: None, insurer: None });
        };
        let insurer = InsurerNumber::parse(&insurer).map_err(StoreError::other)?;
        Ok(Asked { person: Some(person), until: until.map(Time), insurer: Some(insurer) })
    }

    /// Whether this account sees a kind of information of anybody at all.
    pub(crate) fn may_ask(member: &Member, information: Information) -> Result<(), BusinessError> {
        Self::closed(member, information).map_or(Ok(()), |denial| Err(business(denial.code())))
    }

    /// Why an account sees nothing of the kind.
    pub(crate) fn closed(member: &Member, information: Information) -> Option<Denial> {
        let staff = &member.staff;
        let needs = cell(information, staff.service, staff.job).needs;
        needs.is_none().then(|| facts::closed(staff, information))
    }

    /// Whether this account may see a kind of information about somebody: a paper, or the kind as a whole.
    pub(crate) fn decide(
        &self,
        asked: &Asked,
        information: Information,
        paper: Option<Paper>,
    ) -> Result<Result<Grant, Denial>, StoreError> {
        let staff = &self.member.staff;
        let needs = cell(information, staff.service, staff.job).needs.unwrap_or_default();
        let person = asked.person.unwrap_or(NOBODY);
        let mut consents = Vec::new();
        if needs.iter().any(|need| matches!(need, Need::Consent(_))) {
            consents = consent::concerning(self.db, person, &staff.office)?;
        }
        let (mut level, mut planner) = (None, Planner::Nobody);
        if needs.iter().any(|need| matches!(need, Need::CareLevel | Need::SupportLevel | Need::Planner)) {
            (level, planner) = facts::level_and_planner(self.db, person, Some(&staff.office))?;
        }
        let (Some(_), Some(insurer)) = (asked.person, asked.insurer.as_ref()) else {
            return Ok(Err(self.of_nobody(information)));
        };
        let (until, consents) = (asked.until, consents.as_slice());
        let subject = Subject { until, insurer, level, planner, consents, paper };
        Ok(decide(Asker::of(staff), information, &subject, self.now))
    }

    /// What is said of nobody: what is said of somebody whom the office has no right to view, and to a
    /// municipality what is said of another's.
    fn of_nobody(&self, information: Information) -> Denial {
        let staff = &self.member.staff;
        match cell(information, staff.service, staff.job).needs {
            None => facts::closed(staff, information),
            Some(needs) if needs.contains(&Need::OwnInsurer) => Denial::OtherInsurer,
            Some(_) => Denial::NotYours,
        }
    }
}

/// One look at one person: decided, and written down in the same change, shown or refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Viewing<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) information: Information,
    /// What the line of the record is called: a code of `AuditKind`, or a finer name.
    pub(crate) what: &'static str,
}

impl Viewing<'_> {
    /// The person's number in the register and till when it may be shown, or the refusal.
    pub(crate) fn at(
        self,
        db: &Transaction<'_>,
        member: &Member,
        handle: &PersonHandle,
        now: Time,
    ) -> Result<Result<(i64, Grant), BusinessError>, StoreError> {
        let gate = Gate { db, member, now };
        let asked = gate.asked(handle)?;
        let decided = gate.decide(&asked, self.information, None)?;
        let line = Line::new(self.caller, Some(member.account), now, self.what).about(asked.person);
        match (decided, asked.person) {
            (Ok(grant), Some(person)) => {
                line.write(db)?;
                Ok(Ok((person, grant)))
            }
            (decided, _) => {
                let denial = decided.err().unwrap_or(Denial::NotYours);
                line.refused(denial.code()).write(db)?;
                Ok(Err(business(denial.code())))
            }
        }
    }
}

#[cfg(test)]
mod tests;
