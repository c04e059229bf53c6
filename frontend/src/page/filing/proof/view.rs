//! How the proof looks, on the screen and on paper.

use super::{Msg, ProofPage, ProofProps};
use crate::component::{FaultMessage, IconKind, Rank, Waiting, all, el, el_with, icon, link, rows, text};
use crate::page::filing::{form, receipt};
use crate::page::parts::{heading, note, paragraph, press};
use crate::service::browser;
use crate::text::desk::filing as said;
use crate::text::format::time;
use crate::text::{filing_printed, filing_proof as words};
use domain::filing::paper::{self, Content, Use};
use domain::filing::{Statement, definition};
use domain::upstream::Evidence;
use yew::prelude::*;

impl ProofPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let ProofProps { app, back, .. } = ctx.props();
        let save = ctx.link().callback(|()| Msg::Save);
        let print = Callback::from(|()| browser::print());
        let mut tools = Vec::new();
        if self.came.is_some() {
            tools.push(press("proof-save", Rank::Primary, words().save, save));
            tools.push(press("proof-print", Rank::Secondary, words().print, print));
        }
        let inside = all(vec![icon(IconKind::Before), text(words().back)]);
        tools.push(link(*back, "kk-button kk-button--tertiary", inside));
        let values = vec!["status".into(), "kk-said".into()];
        let heard = el_with("p", &["role", "class"], values, text(self.said.unwrap_or_default()));
        let again = ctx.link().callback(|()| Msg::Load);
        let problem = self.problem.clone();
        let problem = problem.map(|problem| html! { <FaultMessage {problem} onagain={again} /> });
        let waiting = self.waiting.then(|| html! { <Waiting what={words().waiting} /> });
        let parts = vec![
            heading(words().title),
            paragraph(words().lead),
            el("div", "kk-tools", all(tools)),
            heard,
            problem.unwrap_or_default(),
            waiting.unwrap_or_default(),
            self.came.as_ref().map_or_else(Html::default, |(evidence, _)| proof(evidence)),
            el("p", "kk-support", text(filing_printed(app.now()))),
        ];
        el("article", "kk-page kk-proof", all(parts))
    }
}

fn proof(evidence: &Evidence) -> Html {
    let statement = evidence.statement.as_ref().and_then(|signed| receipt::read(&signed.text));
    let mut parts = vec![filed(evidence, statement.as_ref())];
    if let Some(statement) = &statement {
        let lines = vec![
            el("p", "", text(said::identity(&statement.identity))),
            el("p", "", text(said::confirmation(&statement.confirmation))),
        ];
        parts.push(section(words().identity, all(lines)));
    }
    parts.push(received(evidence, statement.as_ref()));
    let steps = evidence.entry.steps.iter().map(|step| el("li", "", text(said::step(step)))).collect();
    parts.push(section(words().steps, el("ol", "kk-proof__list", all(steps))));
    parts.push(signatures(evidence));
    let check = [words().check_one, words().check_two, words().check_three, words().check_four];
    let check = check.map(|one| el("li", "", text(one)));
    parts.push(section(words().check, el("ol", "kk-proof__list", all(check.into()))));
    all(parts)
}

/// The form as it was filed; of one on paper the paper is at the municipality.
fn filed(evidence: &Evidence, statement: Option<&Statement>) -> Html {
    let made = statement.and_then(|statement| {
        let filing = &statement.filing;
        let of = definition::definition_named(&filing.definition, filing.form)?;
        let insurer = evidence.receipt.as_ref().map_or("", |receipt| receipt.to.as_str());
        Some(form::sheet(&paper::sheet(of, Content::Filing(filing), insurer, Use::Read)))
    });
    section(words().form, made.unwrap_or_else(|| note(words().form_paper)))
}

/// Number, time, hash, and who signed where.
fn received(evidence: &Evidence, statement: Option<&Statement>) -> Html {
    let mut lines = vec![(words().number, text(evidence.entry.number.0.clone()))];
    if let Some(receipt) = &evidence.receipt {
        lines.extend([
            (words().received_at, text(time(receipt.received_at))),
            (words().to, text(receipt.to.clone())),
            (words().hash, long(&receipt.sha256)),
            (words().key, long(&receipt.key.0)),
        ]);
    }
    if let Some(statement) = statement {
        let account = [statement.staff.as_str(), "(", statement.office.as_str(), ")"].concat();
        lines.extend([
            (words().account, text(account)),
            (words().device, long(&statement.device)),
            (words().made_at, text(time(statement.made_at))),
        ]);
    }
    section(words().receipt, rows(lines.into_iter().map(|(name, value)| (text(name), value))))
}

/// Each signature that there is.
fn signatures(evidence: &Evidence) -> Html {
    let mut lines = Vec::new();
    lines.extend(evidence.statement.as_ref().map(|one| (words().by_device, long(&one.signature))));
    lines.extend(evidence.receipt.as_ref().map(|one| (words().by_receipt, long(&one.signature))));
    lines.extend(evidence.decision.as_ref().map(|one| (words().by_decision, long(&one.signature))));
    if let Some(card) = &evidence.card {
        lines.extend([
            (words().card_at, text(time(card.at))),
            (words().by_card, long(&card.signature)),
            (words().card_certificate, long(&card.certificate_sha256)),
        ]);
    }
    if lines.is_empty() {
        return Html::default();
    }
    let lines = rows(lines.into_iter().map(|(name, value)| (text(name), value)));
    section(words().signatures, all(vec![note(words().signatures_lead), lines]))
}

/// A value to be compared letter by letter, in groups.
fn long(value: &str) -> Html {
    el("span", "kk-receipt__hash", text(receipt::grouped(value)))
}

fn section(title: &'static str, inside: Html) -> Html {
    el("section", "kk-proof__part", all(vec![el("h2", "kk-subtitle", text(title)), inside]))
}
