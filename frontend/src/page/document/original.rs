//! The original, a page at a time: only the page that is looked at is drawn, so that three hundred pages need
//! no more memory than one.

mod keys;
mod model;

use crate::component::{Banner, Button, IconKind, Rank, Tone, Waiting, el, icon, text};
use crate::page::parts::paragraph;
use crate::service::browser;
use crate::service::viewer::{self, Said, Viewer};
use crate::state::Original;
use crate::text::{document as words, document_page, document_zoom};
use gloo_timers::callback::Timeout;
use model::{Model, State};
use web_sys::{HtmlCanvasElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Milliseconds a page may take; then the worker is ended.
const PATIENCE: u32 = 30_000;

/// Properties of [`OriginalView`].
#[derive(Properties, PartialEq)]
pub(super) struct OriginalProps {
    /// The file; it goes to the worker, and nothing of it stays.
    pub original: Original,
    /// What it is.
    pub title: String,
    /// Put it away.
    pub onclose: Callback<()>,
}

/// The viewer of one original.
pub(super) struct OriginalView {
    viewer: Option<Viewer>,
    model: Model,
    canvas: NodeRef,
    frame: NodeRef,
    watch: Option<Timeout>,
}

/// What happens in it.
pub(super) enum Msg {
    /// The worker says something.
    Said(Said),
    /// Turn to a page, from 0; past the ends it stays.
    Turn(i64),
    /// A number was typed.
    Typed(String),
    /// Larger or smaller.
    Zoom(bool),
    /// The worker has taken too long.
    Late,
}

impl Component for OriginalView {
    type Message = Msg;
    type Properties = OriginalProps;

    fn create(ctx: &Context<Self>) -> Self {
        let agrees = ctx.props().original.agrees;
        let mut view = Self {
            viewer: agrees.then(|| Viewer::start(&ctx.link().callback(Msg::Said)).ok()).flatten(),
            model: Model::default(),
            canvas: NodeRef::default(),
            frame: NodeRef::default(),
            watch: None,
        };
        if view.viewer.is_none() {
            view.model.state = if agrees { State::Failed } else { State::Changed };
        } else {
            view.wait(ctx);
        }
        view
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Said(Said::Ready) => {
                self.wait(ctx);
                if let Some(viewer) = &self.viewer {
                    viewer.open(&ctx.props().original.file);
                }
            }
            Msg::Said(Said::Drawn(picture)) => {
                self.watch = None;
                let canvas = self.canvas.cast::<HtmlCanvasElement>();
                if self.model.drawn(picture.page) && canvas.and_then(|canvas| picture.show(&canvas)).is_none()
                {
                    self.model.state = State::Blank;
                }
            }
            Msg::Said(said) => {
                self.watch = None;
                if self.model.heard(&said) {
                    self.draw(ctx);
                }
            }
            Msg::Turn(page) => {
                if self.model.turn(page) {
                    self.draw(ctx);
                }
            }
            Msg::Typed(number) => {
                if self.model.typed(&number) {
                    self.draw(ctx);
                }
            }
            Msg::Zoom(larger) => {
                if self.model.zoom(larger) {
                    self.draw(ctx);
                }
            }
            Msg::Late => {
                // Whatever it is doing, it ends.
                self.viewer = None;
                self.model.state = State::Failed;
            }
        }
        if self.model.state.is_over() {
            self.viewer = None;
            self.wipe();
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        html! {
            <section class="kk-paper kk-original" aria-label={props.title.clone()}>
                <h2 class="kk-paper__title" id="kk-paper" tabindex="-1">{ props.title.clone() }</h2>
                if let Some(why) = self.model.state.why() {
                    <Banner tone={Tone::Error} title={why}>{ paragraph(words().pdf_next) }</Banner>
                    <div class="kk-tools">{ closing(props.onclose.clone()) }</div>
                } else {
                    { self.tools(ctx) }
                    { el("p", "kk-support kk-original__help", text(words().original_help)) }
                    { self.page(ctx) }
                    { el("p", "kk-support", text(words().original_safe)) }
                }
            </section>
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        self.wipe();
    }
}

impl OriginalView {
    fn wait(&mut self, ctx: &Context<Self>) {
        let late = ctx.link().callback(|()| Msg::Late);
        self.watch = Some(Timeout::new(PATIENCE, move || late.emit(())));
    }

    /// Asks for the page that is to be seen, as wide as there is room for.
    fn draw(&mut self, ctx: &Context<Self>) {
        let room = self.frame.cast::<HtmlElement>().map_or(800, |frame| frame.client_width());
        let sharp = browser::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 2.0);
        if let Some(viewer) = &self.viewer {
            viewer.draw(self.model.page, f64::from(room) * sharp * f64::from(self.model.percent()) / 100.0);
        }
        self.wait(ctx);
    }

    fn wipe(&self) {
        if let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() {
            viewer::clear(&canvas);
        }
    }

    fn page(&self, ctx: &Context<Self>) -> Html {
        let model = &self.model;
        let label = document_page(model.page + 1, model.pages);
        let class = match model.percent() {
            100 => "kk-original__page",
            150 => "kk-original__page kk-original__page--150",
            200 => "kk-original__page kk-original__page--200",
            _ => "kk-original__page kk-original__page--300",
        };
        let onkeydown = keys::keys(ctx, model.page);
        html! {
            <div class="kk-original__frame" tabindex="0" role="group" aria-label={words().page} {onkeydown} ref={self.frame.clone()}>
                if model.state == State::Blank {
                    { paragraph(words().blank) }
                }
                if model.state == State::Waiting {
                    <Waiting what={words().drawing} />
                }
                <canvas {class} ref={self.canvas.clone()} role="img" aria-label={label}></canvas>
            </div>
        }
    }

    fn tools(&self, ctx: &Context<Self>) -> Html {
        let model = &self.model;
        let turn = |page: i64| ctx.link().callback(move |()| Msg::Turn(page));
        let zoom = |larger: bool| ctx.link().callback(move |()| Msg::Zoom(larger));
        let typed = ctx
            .link()
            .callback(|event: Event| Msg::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        let page = model.page as i64;
        let print = Callback::from(|()| browser::print());
        html! {
            <div class="kk-tools kk-original__tools">
                <Button id="kk-page-before" rank={Rank::Secondary} disabled={model.page == 0} onclick={turn(page - 1)}>
                    { icon(IconKind::Before) }{ words().earlier }
                </Button>
                <label class="kk-original__number">
                    { words().page }
                    <input type="text" inputmode="numeric" value={(page + 1).to_string()} onchange={typed} />
                    { " / " }{ model.pages }
                </label>
                <Button id="kk-page-next" rank={Rank::Secondary} disabled={model.page + 1 >= model.pages} onclick={turn(page + 1)}>
                    { words().later }{ icon(IconKind::Next) }
                </Button>
                <Button id="kk-smaller" rank={Rank::Tertiary} disabled={!model.smaller()} onclick={zoom(false)}>{ words().smaller }</Button>
                <span role="status" class="kk-original__zoom">{ document_zoom(model.percent()) }</span>
                <Button id="kk-larger" rank={Rank::Tertiary} disabled={!model.larger()} onclick={zoom(true)}>{ words().larger }</Button>
                <Button id="kk-print" rank={Rank::Tertiary} onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
                { closing(ctx.props().onclose.clone()) }
            </div>
        }
    }
}

fn closing(onclick: Callback<()>) -> Html {
    html! { <Button id="kk-document-close" rank={Rank::Secondary} {onclick}>{ words().close }</Button> }
}
