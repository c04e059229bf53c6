//! What is wished of the record, and what is asked for it.

use crate::text::{field_missing, field_wrong, records as words};
use domain::calendar::{Date, DateError, parse_date};
use domain::number::{NumberError, UserId};
use domain::upstream::{AuditKind, AuditRequest, PersonHandle};

/// Days shown at first, today among them.
const DAYS: i64 = 30;
/// Lines of a page.
const PAGE: u16 = 100;

/// What is wished, as typed and chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Only about this person.
    pub person: Option<PersonHandle>,
    /// Only by this account.
    pub user: String,
    /// Only this kind.
    pub what: Option<AuditKind>,
}

/// A field that can be wrong, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    From,
    To,
    User,
}

/// What is wrong, in the order of the page.
pub(super) type Errors = Vec<(Field, String)>;

impl Field {
    /// The `id` of its element.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::From => "records-from",
            Self::To => "records-to",
            Self::User => "records-user",
        }
    }
}

impl Wish {
    /// Everything of the last days.
    pub(super) fn new(today: Date) -> Self {
        let from = today.plus_days(1 - DAYS).wareki();
        Self { from, to: today.wareki(), person: None, user: String::new(), what: None }
    }

    /// What is asked.
    ///
    /// # Errors
    /// What has to be mended first.
    pub(super) fn question(&self) -> Result<AuditRequest, Errors> {
        let mut errors = Errors::new();
        let from = day(words().from, &self.from).map_err(|error| errors.push((Field::From, error))).ok();
        let to = day(words().to, &self.to).map_err(|error| errors.push((Field::To, error))).ok();
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.push((Field::To, words().day_order.to_owned()));
        }
        let user = match UserId::parse(&self.user) {
            Ok(user) => Some(user),
            Err(NumberError::Empty) => None,
            Err(error) => {
                errors.push((Field::User, field_wrong(words().user, &error.to_string())));
                None
            }
        };
        match (from, to) {
            (Some(from), Some(to)) if errors.is_empty() => Ok(AuditRequest {
                from,
                to,
                person: self.person.clone(),
                user,
                what: self.what,
                after: None,
                size: PAGE,
            }),
            _ => Err(errors),
        }
    }
}

fn day(label: &str, typed: &str) -> Result<Date, String> {
    parse_date(typed).map_err(|error| match error {
        DateError::Empty => field_missing(label),
        error => field_wrong(label, &error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish::new(Date::new(2026, 11, 22).unwrap())
    }

    fn fields(wish: &Wish) -> Vec<Field> {
        wish.question().unwrap_err().into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn thirty_days_of_everybody_at_first() {
        let question = wish().question().unwrap();
        assert_eq!(
            (question.from.to_string(), question.to.to_string()),
            ("2026-10-24".into(), "2026-11-22".into())
        );
        assert_eq!(question.from.days_until(question.to) + 1, DAYS);
        assert_eq!((question.person, question.user, question.what, question.after), (None, None, None, None));
    }

    #[test]
    fn each_filter_goes_out_as_it_is() {
        let person = Some(PersonHandle("p".into()));
        let what = Some(AuditKind::Opinion);
        let question =
            Wish { person: person.clone(), what, user: "kyotaku.sato".into(), ..wish() }.question().unwrap();
        assert_eq!((question.person, question.what), (person, what));
        assert_eq!(question.user.unwrap().as_str(), "KYOTAKU.SATO");
    }

    #[test]
    fn what_cannot_be_asked_is_named_at_its_field() {
        use Field::*;
        let wrong = Wish { from: String::new(), to: "2026-02-30".into(), user: "佐藤".into(), ..wish() };
        assert_eq!(fields(&wrong), [From, To, User]);
        assert_eq!(fields(&Wish { from: "2026-11-23".into(), ..wish() }), [To]);
    }
}
