//! 受理 with what it writes onto the 被保険者証, and 差戻し with its reason.

use super::{FiledPage, Msg, doubtful};
use crate::component::{Button, Checkbox, FieldWidth, Need, Rank, TextField, all, el, pairs, text};
use crate::page::desk::parts::section;
use crate::page::parts::{actions, note, paragraph};
use crate::text::desk::filing::{USUAL, desk_filing as words, reason_of};
use domain::filing::compare::Finding;
use domain::number::OfficeNumber;
use domain::qualification::PlanOffice;
use domain::upstream::{FilingState, FilingWay, InboxOpened};
use yew::prelude::*;

/// `id` of the box for the findings.
pub(super) const LOOKED: &str = "filed-looked";
/// `id` of the reason's field.
pub(super) const REASON: &str = "filed-reason";

impl FiledPage {
    /// The two ways to decide; nothing once it is decided.
    pub(super) fn deciding(&self, ctx: &Context<Self>, opened: &InboxOpened, found: &[Finding]) -> Html {
        if opened.entry.state != FilingState::Received {
            return Html::default();
        }
        let inside = vec![
            will(opened),
            self.accepting(ctx, found),
            el("div", "kk-filed__back", self.returning(ctx, opened, found)),
        ];
        section("filed-decide", words().decide, None, all(inside))
    }

    fn accepting(&self, ctx: &Context<Self>, found: &[Finding]) -> Html {
        let looked = if doubtful(found) {
            let onchange = ctx.link().callback(Msg::Looked);
            let error = self.error(LOOKED);
            html! { <Checkbox id={LOOKED} label={words().looked} checked={self.looked} {error} {onchange} /> }
        } else {
            Html::default()
        };
        let busy = self.busy_with(FilingState::Accepted, words().accepting);
        let onclick = ctx.link().callback(|()| Msg::Accept);
        let accept = html! { <Button id="filed-accept" {busy} {onclick}>{ words().accept }</Button> };
        all(vec![looked, actions(vec![accept])])
    }

    fn returning(&self, ctx: &Context<Self>, opened: &InboxOpened, found: &[Finding]) -> Html {
        let value = ctx.props().app.desk_filings(|desk| desk.reason(ctx.props().filing));
        let on_input = ctx.link().callback(Msg::Reason);
        let reasons = found.iter().filter_map(reason_of).chain(USUAL.map(str::to_owned));
        let reasons = reasons.map(|reason| {
            let words = text(reason.clone());
            let onclick = ctx.link().callback(move |()| Msg::Add(reason.clone()));
            el("li", "", html! { <Button rank={Rank::Tertiary} {onclick}>{ words }</Button> })
        });
        let reasons: Vec<Html> = reasons.collect();
        let reasons =
            vec![el("summary", "", text(words().reasons)), el("ul", "kk-filed__reasons", all(reasons))];
        let busy = self.busy_with(FilingState::Returned, words().returning);
        let onclick = ctx.link().callback(|()| Msg::Return);
        let back = html! {
            <Button id="filed-return" rank={Rank::Secondary} {busy} {onclick}>{ words().return_ }</Button>
        };
        let on_paper = opened.entry.way != FilingWay::Online;
        let error = self.error(REASON);
        all(vec![
            html! {
                <TextField
                    id={REASON}
                    label={words().reason}
                    support={words().reason_support}
                    {value}
                    {error}
                    width={FieldWidth::Full}
                    need={Need::Unsaid}
                    {on_input}
                />
            },
            el("details", "kk-filed__usual", all(reasons)),
            if on_paper { note(words().paper_return) } else { Html::default() },
            actions(vec![back]),
        ])
    }

    fn error(&self, field: &'static str) -> Option<AttrValue> {
        self.errors.iter().find(|one| one.field == field).map(|one| one.message.clone())
    }

    fn busy_with(&self, what: FilingState, said: &'static str) -> Option<AttrValue> {
        (self.busy == Some(what)).then_some(AttrValue::Static(said))
    }
}

/// What stands on the 被保険者証 now, and what 受理 makes of it.
fn will(opened: &InboxOpened) -> Html {
    let Some(paper) = &opened.register.certificate else { return paragraph(words().will_not) };
    let now = paper.plan_office().map_or_else(|| words().nobody.to_owned(), stands);
    let office = &opened.filing.office;
    // Of a paper the day it came counts, which is the desk's own and not on the form.
    let on = match (opened.entry.way, opened.entry.steps.first()) {
        (FilingWay::Online, Some(step)) => step.at.date().wareki(),
        _ => words().day_of_paper.to_owned(),
    };
    let then = line(&office.name, Some(&office.number), &on);
    let lines = [(words().now, text(now)), (words().will, el("strong", "", text(then)))];
    el("dl", "kk-filed__will", pairs(lines))
}

/// Name, number, 届出年月日.
fn stands(office: &PlanOffice) -> String {
    line(&office.name, office.number.as_ref(), &office.filed_on.wareki())
}

fn line(name: &str, number: Option<&OfficeNumber>, on: &str) -> String {
    let number = number.map_or(words().own_plan, OfficeNumber::as_str);
    [name, "(", number, ")、", words().filed_on, " ", on].concat()
}
