//! How the page is put together.

use super::{DevicePage, Msg, ability};
use crate::component::{Rank, all, el, el_with, sheet, text};
use crate::page::parts::{actions, heading, paragraph, press, way};
use crate::route::Route;
use crate::text::{common, device as words};
use yew::prelude::*;

impl DevicePage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let mut parts = vec![
            heading(words().title),
            paragraph(words().lead),
            sheet("ability", words().ability, None, ability::lines(&self.ability)),
            sheet("readers", words().readers, None, self.readers(ctx)),
            sheet("trial", words().trial, None, self.trial(ctx)),
            sheet("advice", words().advice, None, self.advice(ctx)),
            sheet("known", words().table, None, self.table(ctx)),
            sheet("report", words().report, None, self.report_view(ctx)),
        ];
        let back = if ctx.props().app.session().is_some() {
            way(Route::FindNumbers, "", words().without)
        } else {
            way(Route::Today, "", words().back)
        };
        parts.push(el("p", "", back));
        el("div", "kk-page", all(parts))
    }

    /// Exactly what is copied, and the button.
    fn report_view(&self, ctx: &Context<Self>) -> Html {
        let keys = &["class", "tabindex", "role", "aria-label"];
        let values = vec!["kk-report".into(), "0".into(), "region".into(), words().report_preview.into()];
        let preview = el_with("pre", keys, values, text(self.report()));
        let said = match self.copied {
            None => "",
            Some(true) => common().copied,
            Some(false) => words().not_copied,
        };
        let copy = press("device-copy", Rank::Secondary, words().copy, ctx.link().callback(|()| Msg::Copy));
        let said = el_with("span", &["class", "role"], vec!["kk-said".into(), "status".into()], text(said));
        all(vec![paragraph(words().report_lead), preview, actions(vec![copy, said])])
    }
}
