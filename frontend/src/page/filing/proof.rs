//! What proves a 届出: on the screen, on paper, and as one file. For the office whose it is, and for the
//! municipality.

mod view;

use crate::route::Route;
use crate::service::download;
use crate::service::problem::Problem;
use crate::state::App;
use crate::text::filing_proof as words;
use domain::filing::FilingNumber;
use domain::upstream::Evidence;
use yew::prelude::*;

/// Properties of [`ProofPage`].
#[derive(Properties, PartialEq)]
pub struct ProofProps {
    /// The app.
    pub app: App,
    /// Of which filing.
    pub number: FilingNumber,
    /// The page it was asked for on.
    pub back: Route,
}

/// The page.
#[derive(Default)]
pub struct ProofPage {
    /// What came: read, and as the file has it.
    came: Option<(Box<Evidence>, String)>,
    waiting: bool,
    problem: Option<Problem>,
    /// What became of the file.
    said: Option<&'static str>,
}

/// What happens on it.
pub enum Msg {
    /// Ask for it.
    Load,
    /// It came.
    Came(Result<(Box<Evidence>, String), Problem>),
    /// Save the file.
    Save,
}

impl Component for ProofPage {
    type Message = Msg;
    type Properties = ProofProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Msg::Load);
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let ProofProps { app, number, .. } = ctx.props();
        match msg {
            Msg::Load if self.waiting => return false,
            Msg::Load => {
                (self.waiting, self.problem) = (true, None);
                let (app, number) = (app.clone(), number.clone());
                ctx.link().send_future(async move { Msg::Came(app.filing_evidence_file(&number).await) });
            }
            Msg::Came(came) => {
                self.waiting = false;
                match came {
                    Ok(came) => self.came = Some(came),
                    Err(problem) => self.problem = Some(problem),
                }
            }
            Msg::Save => {
                let Some((_, file)) = &self.came else { return false };
                let name = [words().file, &number.0, ".json"].concat();
                let saved = download::save(&name, "application/json", file);
                self.said = Some(if saved { words().saved } else { words().not_saved });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}
