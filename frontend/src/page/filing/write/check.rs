//! 内容の確認: the whole form as it will be, with a way back to each page, and what is still wrong.

use super::group::{group_name, warning_id};
use super::{Around, Kept, Msg, WritePage};
use crate::component::{ErrorSummary, FieldError, IconKind, Rank, all, el, icon, link, text};
use crate::page::parts::{actions, heading, note, paragraph, press};
use crate::route::Route;
use crate::text::{filing as words, filing_wrong};
use domain::filing::wizard::{self, Group, Trouble};
use yew::prelude::*;

impl WritePage {
    pub(super) fn check_page(&self, ctx: &Context<Self>, kept: &Kept, around: &Around<'_>, at: u8) -> Html {
        let answers = &kept.draft.answers;
        let troubles = wizard::check_all(answers, around);
        let groups = wizard::groups(answers, around);
        let label = |trouble: &Trouble| {
            let group = wizard::group_of(trouble.field);
            let asked = wizard::asked(group, answers, around);
            asked.iter().find(|one| one.field == trouble.field).map_or(trouble.field.name(), |one| one.label)
        };
        let draft = kept.key;
        let ways = groups.iter().enumerate().filter(|(_, group)| **group != Group::Confirm);
        let ways = ways.map(|(index, group)| {
            let here = troubles.iter().filter(|one| wizard::group_of(one.field) == *group);
            let said: Vec<Html> =
                here.map(|one| el("li", "kk-filing__wrong", text(filing_wrong(one, label(one))))).collect();
            let page = u8::try_from(index + 1).unwrap_or(u8::MAX);
            let name = [group_name(*group), words().check_mend].concat();
            let way = link(Route::Filing { draft, page }, "kk-filing__mend", text(name));
            let said = if said.is_empty() { Html::default() } else { el("ul", "", all(said)) };
            el("li", "", all(vec![way, said]))
        });
        let ways = el("ul", "kk-filing__ways", all(ways.collect()));
        let errors: Vec<FieldError> = if self.tried {
            let error = |one: &Trouble| FieldError {
                field: if one.why.may_be_confirmed() { warning_id(one) } else { "filing-ways".into() },
                message: filing_wrong(one, label(one)).into(),
            };
            troubles.iter().map(error).collect()
        } else {
            Vec::new()
        };
        let state = if troubles.is_empty() { note(words().check_good) } else { note(words().check_bad) };
        let next = ctx.link().callback(|()| Msg::Next);
        let back = all(vec![icon(IconKind::Before), text(words().before)]);
        let ends = vec![
            press("filing-next", Rank::Primary, words().to_agree, next),
            link(
                Route::Filing { draft, page: at.saturating_sub(1).max(1) },
                "kk-button kk-button--secondary",
                back,
            ),
            link(Route::FilingPaper { draft }, "kk-button kk-button--tertiary", text(words().print_way)),
        ];
        let inside = html! {
            <>
                { heading(words().check) }
                <ErrorSummary {errors} attempt={self.attempt} />
                { paragraph(words().check_lead) }
                <div id="filing-ways" tabindex="-1">{ state }{ ways }</div>
                { self.warnings(ctx, kept, &label) }
                { actions(ends) }
            </>
        };
        self.framed(ctx, kept, around, true, inside)
    }
}
