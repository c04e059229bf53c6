//! 介護保険負担割合証.

use super::doubt;
use super::paper::{self, Block, Field, Kind, Paper, Piece};
use crate::text::person as words;
use domain::calendar::Date;
use domain::qualification::{CopaymentCertificate, Sheet};
use domain::upstream::Person;

/// The sheet.
pub(super) fn paper(person: &Person, sheet: &Sheet<CopaymentCertificate>, today: Date) -> Paper {
    let kind = Kind { id: "copayment", title: words().copayment, plain: words().copayment_plain };
    paper::paper(kind, person, sheet, |certificate| {
        let mut fields = vec![paper::issued(&certificate.issued_on)];
        fields.extend(paper::person_fields(person));
        fields.extend(certificate.periods.iter().map(|row| {
            Field::one(
                words().share,
                vec![
                    tenths(row.tenths),
                    Piece::history(row.period.standing(today)),
                    Piece::Break,
                    Piece::Note(words().share_period),
                    Piece::Period(row.period),
                ],
            )
        }));
        fields.push(paper::insurer(person));
        (meaning(certificate, today), doubt::copayment(certificate, today), vec![Block::Fields("", fields)])
    })
}

fn meaning(certificate: &CopaymentCertificate, today: Date) -> Vec<Piece> {
    match certificate.on(today) {
        Some(row) => vec![tenths(row.tenths), Piece::standing(row.period.standing(today))],
        None => vec![Piece::Text(words().no_share_today.into())],
    }
}

fn tenths(tenths: u8) -> Piece {
    Piece::Strong(format!("{tenths}割").into())
}
