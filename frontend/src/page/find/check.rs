//! What can be said of a search by numbers before it is sent.

use crate::state::NumbersDraft;
use crate::text::{field_missing, field_wrong, find as words};
use domain::calendar::DateError;
use domain::calendar::{Date, Time, parse_date};
use domain::number::{CheckDigit, InsuredNumber, InsurerNumber, NumberError};
use domain::upstream::{Consent, SearchPurpose, SearchRequest};

/// A field of the form, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Insurer,
    Insured,
    BirthDate,
    Sex,
    Giver,
    Method,
}

impl Field {
    /// The `id` of its element.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Insurer => "find-insurer",
            Self::Insured => "find-insured",
            Self::BirthDate => "find-birth",
            Self::Sex => "find-sex",
            Self::Giver => "find-giver",
            Self::Method => "find-method",
        }
    }
}

/// What is wrong, in the order of the page.
pub(super) type Errors = Vec<(Field, String)>;

/// What a look at the form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// To be mended first.
    Mend(Errors),
    /// The insurer number's check digit differs: to be looked at, then it may be sent all the same.
    Look(InsurerNumber),
    /// It may be sent.
    Send(SearchRequest),
}

/// Looks at the form.
pub(super) fn check(draft: &NumbersDraft, now: Time) -> Verdict {
    let mut errors = Errors::new();
    let mut keep = |field, message: String| errors.push((field, message));
    let insurer = InsurerNumber::parse(&draft.insurer)
        .map_err(|error| keep(Field::Insurer, number_error(words().insurer, error)))
        .ok();
    let insured = InsuredNumber::parse(&draft.insured)
        .map_err(|error| keep(Field::Insured, number_error(words().insured, error)))
        .ok();
    let birth_date = birth_date(&draft.birth_date, now.date()).map_err(|e| keep(Field::BirthDate, e)).ok();
    for (field, missing, words) in [
        (Field::Sex, draft.sex.is_none(), words().sex_missing),
        (Field::Giver, draft.giver.is_none(), words().giver_missing),
        (Field::Method, draft.method.is_none(), words().method_missing),
    ] {
        if missing {
            keep(field, words.to_owned());
        }
    }
    let (Some(insurer), Some(insured), Some(birth_date), Some(sex), Some(giver), Some(method)) =
        (insurer, insured, birth_date, draft.sex, draft.giver, draft.method)
    else {
        return Verdict::Mend(errors);
    };
    if insurer.check() != CheckDigit::Agrees && draft.accepted.as_deref() != Some(insurer.as_str()) {
        return Verdict::Look(insurer);
    }
    let consent = Some(Consent { giver, method, given_at: now });
    Verdict::Send(SearchRequest { insurer, insured, birth_date, sex, consent, purpose: SearchPurpose::View })
}

/// What is wrong with a number, with the field's name: the summary above the form has nothing else to go by.
fn number_error(name: &str, error: NumberError) -> String {
    match error {
        NumberError::Empty => field_missing(name),
        error => field_wrong(name, &error.to_string()),
    }
}

/// Reads a birth date; it cannot lie ahead.
fn birth_date(typed: &str, today: Date) -> Result<Date, String> {
    let date = parse_date(typed).map_err(|error| match error {
        DateError::Empty => field_missing(words().birth_date),
        error => field_wrong(words().birth_date, &error.to_string()),
    })?;
    if date > today { Err(words().birth_future.to_owned()) } else { Ok(date) }
}

/// How a birth date is understood while it is typed; nothing before it is whole.
pub(super) fn understood(typed: &str, today: Date) -> Option<Date> {
    birth_date(typed, today).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::upstream::{ConsentGiver, ConsentMethod, Sex};

    fn whole() -> NumbersDraft {
        NumbersDraft {
            insured: "0000012345".into(),
            birth_date: "S15.3.2".into(),
            sex: Some(Sex::Female),
            giver: Some(ConsentGiver::Person),
            method: Some(ConsentMethod::Spoken),
            ..NumbersDraft::default()
        }
    }

    const NOW: Time = Time(1_795_323_900);

    #[test]
    fn a_whole_form_is_sent_with_the_time_of_consent() {
        let Verdict::Send(request) = check(&whole(), NOW) else { panic!("not sent") };
        assert_eq!(request.insurer.as_str(), "102046");
        assert_eq!(request.birth_date.to_string(), "1940-03-02");
        assert_eq!(request.consent.unwrap().given_at, NOW);
    }

    #[test]
    fn every_empty_field_is_named_in_the_order_of_the_page() {
        let empty = NumbersDraft { insurer: String::new(), ..NumbersDraft::default() };
        let Verdict::Mend(errors) = check(&empty, NOW) else { panic!("sent") };
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        use Field::{BirthDate, Giver, Insured, Insurer, Method, Sex};
        assert_eq!(fields, [Insurer, Insured, BirthDate, Sex, Giver, Method]);
        let mut sentences: Vec<_> = errors.iter().map(|(_, sentence)| sentence).collect();
        sentences.dedup();
        assert_eq!(sentences.len(), 6, "each says which field it is about");
    }

    #[test]
    fn without_consent_nothing_is_sent() {
        for draft in [NumbersDraft { giver: None, ..whole() }, NumbersDraft { method: None, ..whole() }] {
            assert!(matches!(check(&draft, NOW), Verdict::Mend(_)));
        }
    }

    #[test]
    fn a_differing_check_digit_is_a_question_and_no_refusal() {
        let wrong = NumbersDraft { insurer: "102047".into(), ..whole() };
        assert_eq!(check(&wrong, NOW), Verdict::Look(InsurerNumber::parse("102047").unwrap()));
        let accepted = NumbersDraft { accepted: Some("102047".into()), ..wrong };
        assert!(matches!(check(&accepted, NOW), Verdict::Send(_)));
        let other = NumbersDraft { insurer: "102048".into(), ..accepted };
        assert!(matches!(check(&other, NOW), Verdict::Look(_)));
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let today = NOW.date();
        assert_eq!(understood(&today.to_string(), today), Some(today));
        assert_eq!(understood(&today.plus_days(1).to_string(), today), None);
        let ahead = NumbersDraft { birth_date: today.plus_days(1).to_string(), ..whole() };
        assert_eq!(check(&ahead, NOW), Verdict::Mend(vec![(Field::BirthDate, words().birth_future.into())]));
    }
}
