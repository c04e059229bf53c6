//! What follows from a case today: provisional care and its risks, and when to renew.

use crate::component::{Tone, all, badge, el, el_with, text};
use crate::state::{App, PersonKey};
use crate::text::{case as words, case_provisional};
use domain::calendar::Date;
use domain::certification::{
    ApplicationKind, Case, PROVISIONAL_SOURCES, Provisional, RenewalWindow, Validity,
};
use domain::qualification::{CareLevel, Content, Period};
use domain::upstream::PersonHandle;
use yew::prelude::*;

/// The level that is held and its 有効期間.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    level: Option<CareLevel>,
    period: Period,
}

/// As the five kinds have it when they were fetched, else as the list of clients has it.
pub(super) fn held(app: &App, handle: &PersonHandle, person: PersonKey) -> Option<Held> {
    if let Some(all) = app.qualification(person).value
        && let Some(certificate) = all.certificate.value()
    {
        return Some(Held { level: certificate.level, period: certificate.validity? });
    }
    let clients = app.clients().value?;
    let entry = clients.clients.iter().find(|entry| entry.person.handle == *handle)?;
    match &entry.outline.as_ref()?.certificate {
        Content::Present(paper) => Some(Held { level: paper.level, period: paper.validity? }),
        _ => None,
    }
}

impl Held {
    fn validity(&self) -> Option<Validity> {
        let period = Some(self.period).filter(Period::is_possible)?;
        Some(Validity { from: period.from, to: period.to? })
    }
}

/// 暫定ケアプラン: since when, and what may come of it.
pub(super) fn provisional(case: &Case, held: Option<&Held>, today: Date) -> Html {
    let validity = held.and_then(Held::validity);
    if let Some(provisional) = case.provisional(validity, today) {
        return risks(&provisional, today);
    }
    let renewal = case.application.is_some_and(|application| application.kind == ApplicationKind::Renewal);
    if renewal && case.outcome.is_none() && validity.is_none() {
        el("p", "kk-support", text(words().provisional_unknown))
    } else {
        Html::default()
    }
}

fn risks(provisional: &Provisional, today: Date) -> Html {
    let risks = provisional.risks.iter().map(|risk| el("li", "", text(risk.words())));
    let sources = PROVISIONAL_SOURCES.iter().zip(["1", "2"]).map(|(source, number)| {
        let values = vec![(*source).into(), "_blank".into(), "noreferrer".into()];
        let name = [words().provisional_source, number].concat();
        el("li", "", el_with("a", &["href", "target", "rel"], values, text(name)))
    });
    let parts = vec![
        el("p", "", badge(Some(Tone::Warning), words().provisional)),
        el("p", "", text(case_provisional(provisional.since, today))),
        el("p", "", text(words().provisional_lead)),
        el("ul", "", all(risks.collect())),
        el("p", "kk-support", text(words().provisional_sources)),
        el("ul", "kk-cases__sources", all(sources.collect())),
    ];
    el("div", "kk-doubt", all(parts))
}

/// 更新申請: when it can be made, or that it was; nothing when nothing is held that is renewed.
pub(super) fn renewal<'a>(
    held: Option<&Held>,
    mut cases: impl Iterator<Item = &'a Case>,
    today: Date,
) -> Html {
    let Some(window) = held.and_then(|held| RenewalWindow::held(held.level, Some(held.period))) else {
        return Html::default();
    };
    let (tone, said) = if cases.any(|case| window.is_used(case)) {
        (Tone::Success, words().renewal_done)
    } else if window.is_open(today) {
        (Tone::Info, words().renewal_open)
    } else if today < window.opens {
        (Tone::Info, words().renewal_soon)
    } else {
        (Tone::Warning, words().renewal_over)
    };
    let span = [&window.opens.wareki(), " 〜 ", &window.closes.wareki()].concat();
    let rows = vec![
        crate::component::row(text(words().renewal_span), text(span)),
        crate::component::row(text(words().renewal_asked), text(window.asked_by.wareki())),
    ];
    let parts = vec![
        el("h2", "kk-sheet__title", text(words().renewal)),
        el("p", "", badge(Some(tone), said)),
        el("dl", "kk-rows", all(rows)),
    ];
    el("section", "kk-sheet kk-cases__one", all(parts))
}
