//! お知らせの時期: from how many days before somebody wants to hear of things.

mod alerts;

use crate::component::{Banner, ErrorSummary, FieldError, FieldWidth, Need, Rank, Tone, all, el, link, text};
use crate::page::parts::{Field, actions, field, heading, note, paragraph, press};
use crate::route::Route;
use crate::service::notices;
use crate::state::App;
use crate::text::{notices as words, notices_wrong};
use domain::upcoming::{Settings, SettingsError};
use yew::prelude::*;

/// Properties of [`NoticesPage`].
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The app, as of now.
    pub app: App,
}

/// The page.
pub struct NoticesPage {
    days: String,
    yen: String,
    error: Option<SettingsError>,
    /// Counts vain tries, so that the summary takes the focus each time.
    attempt: u32,
    /// Whether the last wish could be kept.
    kept: Option<bool>,
}

/// What happens on the page.
pub enum Msg {
    /// Days were typed.
    Days(String),
    /// An amount was typed.
    Yen(String),
    /// Keep both.
    Keep,
    /// Back to the usual.
    Usual,
}

impl Component for NoticesPage {
    type Message = Msg;
    type Properties = NoticesProps;

    fn create(_ctx: &Context<Self>) -> Self {
        let mut page = Self { days: String::new(), yen: String::new(), error: None, attempt: 0, kept: None };
        page.show(&notices::load());
        page
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Days(typed) => self.days = typed,
            Msg::Yen(typed) => self.yen = typed,
            Msg::Usual => {
                self.show(&Settings::default());
                self.keep();
            }
            Msg::Keep => self.keep(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let wrong = self.error.map(notices_wrong);
        let error = |id| wrong.filter(|(field, _)| *field == id).map(|(_, said)| AttrValue::Static(said));
        let fields = vec![
            field(Field {
                id: "notice-days",
                label: words().days,
                support: Some(words().days_support),
                value: self.days.clone(),
                error: error("notice-days"),
                width: FieldWidth::Medium,
                need: Need::Unsaid,
                autocomplete: "off",
                digits: false,
                on_input: ctx.link().callback(Msg::Days),
            }),
            field(Field {
                id: "notice-yen",
                label: words().yen,
                support: Some(words().yen_support),
                value: self.yen.clone(),
                error: error("notice-yen"),
                width: FieldWidth::Medium,
                need: Need::Unsaid,
                autocomplete: "off",
                digits: true,
                on_input: ctx.link().callback(Msg::Yen),
            }),
        ];
        let keep = press("notices-keep", Rank::Primary, words().keep, ctx.link().callback(|()| Msg::Keep));
        let usual =
            press("notices-usual", Rank::Secondary, words().usual, ctx.link().callback(|()| Msg::Usual));
        let summary = wrong.map_or_else(Html::default, |(id, said)| {
            let errors = vec![FieldError { field: id.into(), message: said.into() }];
            html! { <ErrorSummary {errors} attempt={self.attempt} /> }
        });
        let said = self.kept.map_or_else(Html::default, |kept| {
            let (tone, title) =
                if kept { (Tone::Success, words().kept) } else { (Tone::Warning, words().not_kept) };
            html! { <Banner {tone} {title} focus=true /> }
        });
        let parts = vec![
            summary,
            heading(words().title),
            paragraph(words().lead),
            said,
            all(fields),
            note(words().where_kept),
            actions(vec![keep, usual]),
            alerts(&ctx.props().app),
            el("p", "", link(Route::Today, "", text(words().back))),
        ];
        el("div", "kk-page", all(parts))
    }
}

/// The browser's own notices, for whoever has something to be told of.
fn alerts(app: &App) -> Html {
    if app.may_follow().is_some_and(|may| may.is_ok()) {
        html! { <alerts::Alerts app={app.clone()} /> }
    } else {
        Html::default()
    }
}

impl NoticesPage {
    fn show(&mut self, settings: &Settings) {
        self.days = settings.days_text();
        self.yen = settings.nearly_used_yen.to_string();
    }

    fn keep(&mut self) {
        self.kept = None;
        match Settings::typed(&self.days, &self.yen) {
            Ok(settings) => {
                self.error = None;
                self.kept = Some(notices::keep(&settings));
                self.show(&settings);
            }
            Err(error) => {
                self.error = Some(error);
                self.attempt += 1;
            }
        }
    }
}
