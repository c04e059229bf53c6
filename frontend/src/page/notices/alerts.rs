//! Whether the browser itself shall speak up when the progress of a certification changes, and whether with
//! names. Nobody is named unless that is chosen, with a yes (ADR 7).

use crate::component::{Banner, Checkbox, Need, RadioGroup, RadioOption, Rank, Tone, all, el, text};
use crate::page::parts::{actions, note, paragraph, press};
use crate::service::alert::{self, AlertState, AlertWish};
use crate::state::App;
use crate::text::alerts as words;
use yew::prelude::*;

/// Properties of [`Alerts`].
#[derive(Properties, PartialEq)]
pub(super) struct AlertsProps {
    /// The app.
    pub(super) app: App,
}

/// The section.
pub(super) struct Alerts {
    wish: AlertWish,
    /// Whether it is understood that names will be shown.
    sure: bool,
    unsure: bool,
    outcome: Option<Outcome>,
}

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Kept,
    NotKept,
    Denied,
    Unanswered,
}

/// What happens in it.
pub(super) enum Msg {
    /// Another wish was chosen.
    Wish(AlertWish),
    /// Names are understood, or not.
    Sure(bool),
    /// Do it.
    Keep,
    /// The browser has asked.
    Asked(AlertState),
}

impl Component for Alerts {
    type Message = Msg;
    type Properties = AlertsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let wish = ctx.props().app.alert_wish();
        Self { wish, sure: wish == AlertWish::Names, unsure: false, outcome: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Wish(wish) => (self.wish, self.unsure, self.outcome) = (wish, false, None),
            Msg::Sure(sure) => (self.sure, self.unsure) = (sure, false),
            Msg::Keep if self.wish == AlertWish::Names && !self.sure => {
                (self.unsure, self.outcome) = (true, None);
            }
            Msg::Keep if self.wish == AlertWish::Off => self.keep(app),
            Msg::Keep => {
                self.outcome = None;
                ctx.link().send_future(async { Msg::Asked(alert::ask().await) });
            }
            Msg::Asked(AlertState::Granted) => self.keep(app),
            Msg::Asked(AlertState::Unasked) => self.outcome = Some(Outcome::Unanswered),
            Msg::Asked(_) => self.outcome = Some(Outcome::Denied),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let state = alert::state();
        let mut parts = vec![el("h2", "kk-subtitle", text(words().title)), paragraph(words().lead)];
        if state == AlertState::Missing {
            parts.push(note(words().missing));
        } else {
            if state == AlertState::Denied && self.outcome.is_none() {
                parts.push(note(words().denied));
                parts.push(note(words().denied_next));
            }
            parts.push(self.form(ctx));
        }
        el("section", "kk-alerts", all(parts))
    }
}

impl Alerts {
    fn form(&self, ctx: &Context<Self>) -> Html {
        let option = |wish: AlertWish, label: &'static str, support: &'static str| RadioOption {
            support: Some(support.into()),
            ..RadioOption::new(wish.value(), label)
        };
        let options = vec![
            option(AlertWish::Off, words().off, words().off_more),
            option(AlertWish::Count, words().count, words().count_more),
            option(AlertWish::Names, words().names, words().names_more),
        ];
        let onchange = ctx.link().callback(|value: AttrValue| Msg::Wish(AlertWish::read(&value)));
        let keep = press("alerts-keep", Rank::Secondary, words().keep, ctx.link().callback(|()| Msg::Keep));
        let error = self.unsure.then_some(AttrValue::Static(words().unsure));
        html! {
            <>
                <RadioGroup
                    id="alerts-wish"
                    legend={words().legend}
                    {options}
                    need={Need::Unsaid}
                    selected={AttrValue::Static(self.wish.value())}
                    {onchange}
                />
                if self.wish == AlertWish::Names {
                    <Checkbox
                        id="alerts-sure"
                        label={words().sure}
                        checked={self.sure}
                        {error}
                        onchange={ctx.link().callback(Msg::Sure)}
                    />
                }
                { actions(vec![keep]) }
                { self.outcome.map_or_else(Html::default, outcome) }
            </>
        }
    }

    fn keep(&mut self, app: &App) {
        self.outcome = Some(if app.set_alert_wish(self.wish) { Outcome::Kept } else { Outcome::NotKept });
    }
}

fn outcome(outcome: Outcome) -> Html {
    let (tone, title, more) = match outcome {
        Outcome::Kept => (Tone::Success, words().kept, words().kept_more),
        Outcome::NotKept => (Tone::Warning, words().not_kept, words().not_kept_next),
        Outcome::Denied => (Tone::Warning, words().denied, words().denied_next),
        Outcome::Unanswered => (Tone::Info, words().unanswered, words().unanswered_next),
    };
    html! { <Banner {tone} {title} focus=true><p>{ more }</p></Banner> }
}
