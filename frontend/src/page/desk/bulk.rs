//! Many lines by file: chosen, looked at here, looked at by the upstream, then entered.

mod model;
mod view;

use crate::service::problem::Problem;
use crate::service::{download, file};
use crate::state::{App, BulkAnswer, BulkDraft};
use crate::text::desk::bulk::{bulk as words, file_error};
use domain::certification::record::{read_csv, template_csv};
use domain::export::BOM;
use domain::upstream::{BulkMode, BulkResponse};
use yew::prelude::*;

/// Properties of [`BulkPage`].
#[derive(Properties, PartialEq)]
pub(super) struct BulkProps {
    pub(super) app: App,
}

/// What cannot be taken, and what to do.
type Refused = (&'static str, String);

/// The page.
#[derive(Default)]
pub(super) struct BulkPage {
    refused: Option<Refused>,
    problem: Option<Problem>,
    running: bool,
    said: Option<&'static str>,
}

/// What happens on the page.
pub(super) enum Msg {
    /// A file was chosen.
    Chosen(web_sys::File),
    /// Its name and its text, or why there is none.
    Read(String, Result<String, Refused>),
    /// Another file.
    Other,
    /// What happens when a line is refused.
    Mode(BulkMode),
    /// Ask what would happen, or enter.
    Send(bool),
    /// The answer.
    Sent(bool, Result<BulkResponse, Problem>),
    /// An empty file.
    Template,
}

impl Component for BulkPage {
    type Message = Msg;
    type Properties = BulkProps;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Chosen(chosen) => {
                (self.refused, self.said) = (None, None);
                let name = chosen.name();
                ctx.link().send_future(async move { Msg::Read(name, read(chosen).await) });
            }
            Msg::Read(_, Err(refused)) => self.refused = Some(refused),
            Msg::Read(name, Ok(text)) => match read_csv(&text) {
                Err(error) => self.refused = Some((words().wrong_file, file_error(&error))),
                Ok(file) if file.lines.is_empty() => {
                    self.refused = Some((words().wrong_file, words().empty_next.to_owned()));
                }
                Ok(file) if file.lines.len() > model::MOST_LINES => {
                    self.refused = Some((words().large, words().large_next.to_owned()));
                }
                Ok(file) => {
                    let draft = BulkDraft { name, file, mode: BulkMode::AllOrNothing, answer: None };
                    app.set_bulk_draft(Some(draft));
                }
            },
            Msg::Other => {
                *self = Self::default();
                app.set_bulk_draft(None);
            }
            Msg::Mode(mode) => {
                if let Some(draft) = app.bulk_draft() {
                    // What was said of the other way holds no longer.
                    app.set_bulk_draft(Some(BulkDraft { mode, answer: None, ..draft }));
                }
            }
            Msg::Send(preview) => self.send(ctx, preview),
            Msg::Sent(preview, result) => {
                self.running = false;
                match (result, app.bulk_draft()) {
                    (Ok(response), Some(draft)) => {
                        let answer = Some(BulkAnswer { preview, response });
                        app.set_bulk_draft(Some(BulkDraft { answer, ..draft }));
                    }
                    (Ok(_), None) => {}
                    (Err(problem), _) => self.problem = Some(problem),
                }
            }
            Msg::Template => {
                let saved =
                    download::save(words().template_file, "text/csv", &[BOM, &template_csv()].concat());
                self.said = Some(if saved { words().template_saved } else { words().template_not_saved });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl BulkPage {
    fn send(&mut self, ctx: &Context<Self>, preview: bool) {
        let app = ctx.props().app.clone();
        let Some(request) =
            app.bulk_draft().filter(|_| !self.running).and_then(|draft| model::request(&draft, preview))
        else {
            return;
        };
        (self.running, self.problem) = (true, None);
        ctx.link().send_future(async move { Msg::Sent(preview, app.enter_many(&request).await) });
    }
}

/// The text of a file, or what is said instead.
async fn read(chosen: web_sys::File) -> Result<String, Refused> {
    if chosen.size() > file::MOST_BYTES {
        return Err((words().large, words().large_next.to_owned()));
    }
    let text = file::bytes(&chosen).await.and_then(|bytes| file::text(&bytes));
    text.ok_or_else(|| (words().unreadable, words().unreadable_next.to_owned()))
}
