//! 介護保険負担限度額認定証.

use super::doubt;
use super::paper::{self, Block, Field, Kind, Paper, Piece};
use crate::text::person as words;
use domain::calendar::Date;
use domain::qualification::{LimitCertificate, Sheet};
use domain::upstream::Person;

/// The sheet.
pub(super) fn paper(person: &Person, sheet: &Sheet<LimitCertificate>, today: Date) -> Paper {
    let kind = Kind { id: "limit", title: words().limit, plain: words().limit_plain };
    paper::paper(kind, person, sheet, |certificate| {
        let stage = || Piece::Strong(certificate.stage.name().into());
        let meaning = vec![stage(), Piece::standing(certificate.validity.standing(today))];
        let mut fields = vec![paper::issued(&certificate.issued_on)];
        fields.extend(paper::person_fields(person));
        fields.extend([
            Field::one(words().from, vec![Piece::Date(certificate.validity.from)]),
            Field::maybe(words().until, certificate.validity.to.map(Piece::Date)),
            Field::one(words().stage, vec![stage()]),
            Field {
                name: words().food,
                lines: vec![
                    vec![Piece::Amount(words().food_facility, certificate.food_facility_yen)],
                    vec![Piece::Amount(words().food_short_stay, certificate.food_short_stay_yen)],
                ],
                changed: false,
            },
            Field::some(words().rooms, &certificate.rooms, |room| {
                vec![Piece::Amount(room.kind.name(), room.yen)]
            }),
            paper::insurer(person),
        ]);
        (meaning, doubt::limit(certificate, today), vec![Block::Fields("", fields)])
    })
}
