//! 受付の控え: number, time, what, whose, to whom, the hash, and what happens next. It prints on one page.

use crate::component::{Rank, all, el, rows, text};
use crate::page::parts::{note, press};
use crate::service::{browser, json};
use crate::text::format::time;
use crate::text::{filing as words, filing_day};
use domain::filing::Statement;
use domain::upstream::Receipt;
use yew::Html;
use yew::prelude::Callback;

/// What was signed, read back.
pub(super) fn read(statement: &str) -> Option<Statement> {
    json::read(statement.as_bytes()).ok()
}

/// The receipt, with what was filed where that is known.
pub(super) fn receipt(receipt: &Receipt, statement: Option<&Statement>) -> Html {
    let mut all_of = vec![
        (text(words().number), el("strong", "kk-receipt__number", text(receipt.number.0.clone()))),
        (text(words().received_at), text(time(receipt.received_at))),
        (text(words().to), text(receipt.to.clone())),
    ];
    if let Some(statement) = statement {
        let filing = &statement.filing;
        let whose = [filing.insured.name.as_str(), " (", filing.insured.number.as_str(), ")"].concat();
        let office = [filing.office.name.as_str(), " (", filing.office.number.as_str(), ")"].concat();
        all_of.extend([
            (text(words().what), text([filing.form.name(), " ", filing.category.name()].concat())),
            (text(words().whose), text(whose)),
            (text(words().office), text(office)),
            (text(words().starts), text(filing_day(filing.start_on))),
        ]);
    }
    let hash = el("span", "kk-receipt__hash", text(grouped(&receipt.sha256)));
    all_of.push((text(words().hash), all(vec![hash, note(words().hash_support)])));
    let next = [words().next_one, words().next_two, words().next_three];
    let next = next.into_iter().map(|one| el("li", "", text(one))).collect();
    let print = press("receipt-print", Rank::Secondary, words().print, Callback::from(|()| browser::print()));
    el(
        "section",
        "kk-receipt",
        all(vec![
            el("h2", "kk-subtitle", text(words().receipt)),
            rows(all_of),
            el("h3", "kk-receipt__next", text(words().next_title)),
            el("ol", "", all(next)),
            el("p", "kk-actions", print),
        ]),
    )
}

/// In groups of eight, so that two can be compared by eye.
pub(super) fn grouped(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    let groups: Vec<String> = letters.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shown_in_groups() {
        assert_eq!(grouped("0123456789abcdef01"), "01234567 89abcdef 01");
        assert_eq!(grouped(""), "");
    }
}
