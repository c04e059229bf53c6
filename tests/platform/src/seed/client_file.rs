//! `clients.csv`: forty clients of the 居宅介護支援 office, as its software would hand them out.

use super::offices::OFFICES;
use super::resident::Resident;
use super::show::DemoPerson;
use kakehashi_domain::qualification::Content;

/// As many as one care manager has, about.
pub(super) const LENGTH: usize = 40;

/// Whether the office makes the care plan.
pub(super) fn is_client(one: &Resident) -> bool {
    let Content::Present(paper) = &one.papers.certificate else { return false };
    if one.is_odd {
        return false;
    }
    let newest = paper.plan_office();
    newest
        .and_then(|office| office.number.as_ref())
        .is_some_and(|number| number.as_str() == OFFICES[0].number)
}

/// The file, in the words and dates of spreadsheets.
pub(super) fn text(clients: &[DemoPerson]) -> String {
    let mut text = String::from("保険者番号,被保険者番号,生年月日,性別,氏名,フリガナ\r\n");
    for one in clients {
        let fields = [
            one.insurer.as_str(),
            one.insured.as_str(),
            &one.birth_date.to_string(),
            one.sex.name(),
            &one.name,
            &one.kana,
        ];
        text = text + &fields.join(",") + "\r\n";
    }
    text
}
