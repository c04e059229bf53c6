//! The question before a withdrawal: who asks for it, and what follows at once.

use super::form::GIVERS;
use super::{ConsentPage, Msg};
use crate::component::{Button, Dialog, FieldWidth, Need, RadioGroup, RadioOption, Rank, all, el, text};
use crate::page::parts::{Field, field, press};
use crate::text::{common, consent as words, consent_giver};
use domain::upstream::{ConsentGiver, ConsentId, ConsentRecord};
use yew::prelude::*;

/// `id` of the first answer.
pub(super) const WHO: &str = "withdraw-who";

/// A withdrawal that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    record: ConsentRecord,
    by: Option<ConsentGiver>,
    reason: String,
    /// It was tried without saying who.
    missing: bool,
    busy: bool,
}

/// A change of the answer.
pub enum Change {
    /// Who withdraws.
    By(ConsentGiver),
    /// Said of it.
    Reason(String),
}

impl Asked {
    pub(super) fn new(record: ConsentRecord) -> Self {
        Self { record, by: None, reason: String::new(), missing: false, busy: false }
    }

    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::By(by) => (self.by, self.missing) = (Some(by), false),
            Change::Reason(reason) => self.reason = reason,
        }
    }

    /// What is to be sent, once; nothing before it was said who asks for it.
    pub(super) fn answer(&mut self) -> Option<(ConsentId, ConsentGiver, Option<String>)> {
        self.missing = self.by.is_none();
        let by = self.by.filter(|_| !self.busy)?;
        self.busy = true;
        let reason = self.reason.trim();
        Some((self.record.id.clone(), by, (!reason.is_empty()).then(|| reason.to_owned())))
    }

    pub(super) fn dialog(&self, ctx: &Context<ConsentPage>) -> Html {
        let link = ctx.link();
        let leave = link.callback(|()| Msg::Ask(None));
        let go = link.callback(|()| Msg::Withdraw);
        let busy = self.busy.then_some(AttrValue::Static(words().withdraw_busy));
        let actions = all(vec![
            press("withdraw-leave", Rank::Secondary, common().cancel, leave.clone()),
            html! { <Button id="withdraw-go" danger=true {busy} onclick={go}>{ words().withdraw_go }</Button> },
        ]);
        html! {
            <Dialog id="withdraw" title={words().withdraw_title} {actions} onclose={leave}>{ self.inside(ctx) }</Dialog>
        }
    }

    fn inside(&self, ctx: &Context<ConsentPage>) -> Html {
        let mut follows = vec![words().withdraw_all, words().withdraw_here];
        if self.record.is_comprehensive() {
            follows.insert(0, words().withdraw_municipality);
        }
        follows.extend([words().withdraw_copies, words().withdraw_again]);
        let follows = follows.into_iter().map(|one| el("li", "", text(one))).collect();
        let options =
            GIVERS.iter().enumerate().map(|(at, one)| RadioOption::new(at.to_string(), consent_giver(*one)));
        let options: Vec<RadioOption> = options.collect();
        let at = self.by.and_then(|by| GIVERS.iter().position(|one| *one == by));
        let selected = at.map(|at| AttrValue::from(at.to_string()));
        let error = self.missing.then_some(AttrValue::Static(words().withdraw_missing));
        let onchange = ctx.link().batch_callback(|value: AttrValue| {
            let at: usize = value.parse().ok()?;
            GIVERS.get(at).map(|by| Msg::Answer(Change::By(*by)))
        });
        let reason = field(Field {
            id: "withdraw-reason",
            label: words().withdraw_reason,
            support: Some(words().withdraw_reason_support),
            value: self.reason.clone(),
            error: None,
            width: FieldWidth::Full,
            need: Need::Optional,
            autocomplete: "off",
            digits: false,
            on_input: ctx.link().callback(|text| Msg::Answer(Change::Reason(text))),
        });
        let parts = vec![
            el("p", "", el("strong", "", text(words().withdraw_lead))),
            el("ul", "kk-causes", all(follows)),
            html! { <RadioGroup id={WHO} legend={words().withdraw_who} {options} {selected} {error} inline=true {onchange} /> },
            reason,
        ];
        el("div", "kk-form kk-withdraw", all(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Time;
    use domain::upstream::{ConsentBasis, ConsentMethod, ConsentScope, ConsentTaker, ConsentTerms};

    #[test]
    fn it_goes_out_once_and_only_when_it_was_said_who() {
        let terms = ConsentTerms {
            giver: ConsentGiver::Person,
            giver_name: None,
            method: ConsentMethod::Spoken,
            basis: ConsentBasis::OfficeForm,
            basis_version: None,
            scope: vec![ConsentScope::Survey],
            given_at: Time(1),
            until: None,
        };
        let mut asked = Asked::new(ConsentRecord {
            id: ConsentId("c".into()),
            terms,
            taker: ConsentTaker::Office,
            taker_name: "かけはし".into(),
            recorded_by: "佐藤".into(),
            recorded_at: Time(1),
            withdrawal: None,
        });
        assert_eq!(asked.answer(), None);
        assert!(asked.missing);
        asked.apply(Change::By(ConsentGiver::Representative));
        asked.apply(Change::Reason("  ".into()));
        let sent = asked.answer();
        assert_eq!(sent, Some((ConsentId("c".into()), ConsentGiver::Representative, None)));
        assert_eq!(asked.answer(), None, "a second press sends nothing");
    }
}
