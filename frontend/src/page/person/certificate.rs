//! 介護保険被保険者証, in the paper's three parts.

use super::doubt;
use super::paper::{self, Block, Field, Kind, Paper, Piece};
use crate::component::Tone;
use crate::text::{format, person as words, restriction};
use domain::calendar::Date;
use domain::qualification::{
    BenefitRestriction, CareLevel, CertificationState, Facility, InsuranceCertificate, PlanOffice, Sheet,
};
use domain::upstream::Person;

/// The sheet.
pub(super) fn paper(person: &Person, sheet: &Sheet<InsuranceCertificate>, today: Date) -> Paper {
    let kind = Kind { id: "certificate", title: words().certificate, plain: words().certificate_plain };
    paper::paper(kind, person, sheet, |certificate| {
        let mut who: Vec<Field> = paper::person_fields(person).into();
        who.push(paper::issued(&certificate.issued_on));
        who.push(paper::insurer(person));
        let blocks = vec![
            Block::Fields(words().part_one, who),
            Block::Fields(words().part_two, decision(certificate)),
            Block::Fields(words().part_three, others(certificate, today)),
        ];
        (meaning(certificate, today), doubt::certificate(certificate, today), blocks)
    })
}

fn meaning(certificate: &InsuranceCertificate, today: Date) -> Vec<Piece> {
    let mut pieces = Vec::new();
    pieces.extend(certificate.level.map(|level| Piece::Strong(level.name().into())));
    pieces.extend(certificate.validity.map(|validity| Piece::standing(validity.standing(today))));
    if certificate.state == CertificationState::Applied {
        pieces.push(Piece::Label(Some(Tone::Info), words().applied.into()));
    }
    pieces
}

fn decision(certificate: &InsuranceCertificate) -> Vec<Field> {
    let programme = certificate.level == Some(CareLevel::Programme);
    let certified = if programme { words().checked } else { words().certified };
    let monthly =
        certificate.monthly_units.map(|units| words().a_month.to_owned() + " " + &format::units(units));
    let opinion = certificate.committee_opinion.as_deref();
    vec![
        Field::one(words().level, level(certificate)),
        Field::maybe(certified, certificate.certified_on.map(Piece::Date)),
        Field::maybe(words().validity, certificate.validity.map(Piece::Period)),
        Field::maybe(words().monthly, monthly.map(|text| Piece::Text(text.into()))),
        Field::some(words().kind_limits, &certificate.kind_limits, |limit| {
            vec![Piece::text(&limit.kind), Piece::Text(format::units(limit.units).into())]
        }),
        Field::one(words().opinion, vec![opinion.map_or(Piece::Quiet(words().none), Piece::text)]),
    ]
}

fn level(certificate: &InsuranceCertificate) -> Vec<Piece> {
    let level = certificate.level.map(|level| Piece::Strong(level.name().into()));
    match (level, certificate.state) {
        (Some(level), CertificationState::Certified | CertificationState::Unknown(_)) => vec![level],
        (Some(level), CertificationState::Applied) => vec![level, Piece::Text(words().applied.into())],
        (None, CertificationState::Applied) => vec![Piece::Strong(words().applied.into())],
        (None, CertificationState::Certified | CertificationState::Unknown(_)) => {
            vec![Piece::Quiet(words().not_known)]
        }
    }
}

fn others(certificate: &InsuranceCertificate, today: Date) -> Vec<Field> {
    vec![
        Field::some(words().restrictions, &certificate.restrictions, |one| restricted(one, today)),
        Field::some(words().plan_offices, &certificate.plan_offices, plan_office),
        Field::some(words().facilities, &certificate.facilities, facility),
    ]
}

fn restricted(one: &BenefitRestriction, today: Date) -> Vec<Piece> {
    vec![
        Piece::Strong(one.kind.name().into()),
        Piece::history(one.period.standing(today)),
        Piece::Break,
        Piece::Period(one.period),
        Piece::Break,
        Piece::Note(restriction(one.kind)),
    ]
}

fn plan_office(office: &PlanOffice) -> Vec<Piece> {
    let mut pieces = vec![Piece::text(&office.name)];
    pieces.extend(office.number.as_ref().map(|number| Piece::Number(number.as_str().to_owned().into())));
    pieces.extend([Piece::Break, Piece::Note(words().filed), Piece::Date(office.filed_on)]);
    pieces
}

fn facility(facility: &Facility) -> Vec<Piece> {
    let mut pieces = vec![
        Piece::text(&facility.kind),
        Piece::text(&facility.name),
        Piece::Break,
        Piece::Note(words().entered),
        Piece::Date(facility.entered_on),
    ];
    if let Some(left_on) = facility.left_on {
        pieces.extend([Piece::Break, Piece::Note(words().left_on), Piece::Date(left_on)]);
    }
    pieces
}
