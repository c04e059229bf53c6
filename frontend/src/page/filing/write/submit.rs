//! Confirming: once, whatever is pressed.

use super::{Msg, WritePage, around, others};
use crate::page::filing::start::OfficeCard;
use crate::route::Route;
use domain::filing::wizard;
use yew::prelude::*;

impl WritePage {
    pub(super) fn submit(&mut self, ctx: &Context<Self>) {
        let app = ctx.props().app.newest();
        let key = ctx.props().draft;
        if self.busy {
            return;
        }
        let Some(kept) = app.draft(key).filter(|kept| kept.draft.is_open()) else { return };
        let others = others(&app, &kept.draft);
        let Some(around) = around(&app, &kept.draft, &others) else { return };
        let answers = &kept.draft.answers;
        let made = wizard::finish(answers, &around).and_then(|filing| {
            let identity = wizard::identity_of(answers, &around)?;
            Ok((filing, identity))
        });
        let Ok((filing, identity)) = made else {
            // A day has gone by, or another tab changed it: what is wrong stands on the page before.
            let groups = wizard::groups(answers, &around).len();
            let page = u8::try_from(groups).unwrap_or(1);
            app.go(Route::Filing { draft: key, page });
            return;
        };
        let Some(confirmation) = self.agree.confirmation(app.now()) else { return };
        self.busy = true;
        self.problem = None;
        OfficeCard::keep(&app, answers);
        ctx.link().send_future(async move {
            Msg::Submitted(app.confirm_filing(key, filing, identity, confirmation).await)
        });
    }
}
