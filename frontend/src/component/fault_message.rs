//! What happened, who can mend it, what to do next; the code last and small.

use super::{Banner, Button, IconKind, Rank, Tone, all, el, icon, link, text};
use crate::route::Route;
use crate::service::browser::{copy, fragment};
use crate::service::problem::Problem;
use crate::text::{common, format};
use domain::fault;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`FaultMessage`].
#[derive(Properties, PartialEq)]
pub struct FaultMessageProps {
    /// What went wrong.
    pub problem: Problem,
    /// Do it again; the button shows when the fault allows it.
    #[prop_or_default]
    pub onagain: Option<Callback<()>>,
    /// The ways round: by number, on paper, later.
    #[prop_or_default]
    pub children: Html,
    /// Take the focus on appearance.
    #[prop_or_default]
    pub focus: bool,
}

/// A failure in words a person can act on.
#[component]
pub fn FaultMessage(props: &FaultMessageProps) -> Html {
    let words = common();
    let problem = &props.problem;
    let fault = problem.fault();
    let said_of_copy = use_state_eq(|| "");
    let oncopy = {
        let (said, text) = (said_of_copy.clone(), for_help_desk(problem));
        Callback::from(move |()| {
            let (said, text) = (said.clone(), text.clone());
            spawn_local(async move {
                said.set(if copy(&text).await { words.copied } else { words.not_copied });
            });
        })
    };
    let title = fault.map_or(words.unknown_fault, |fault| fault.what);
    html! {
        <Banner tone={Tone::Error} title={title} focus={props.focus}>
            { said(problem) }
            { props.children.clone() }
            { more(problem) }
            <div class="kk-actions kk-actions--small">
                if let Some(onagain) = props.onagain.as_ref().filter(|_| fault.is_none_or(|fault| fault.again)) {
                    <Button rank={Rank::Secondary} onclick={onagain.clone()}>{ words.again }</Button>
                }
                <Button rank={Rank::Tertiary} onclick={oncopy}>{ icon(IconKind::Copy) }{ words.copy }</Button>
                <span role="status" class="kk-said">{ *said_of_copy }</span>
            </div>
            { el("p", "kk-banner__code", text(small_print(problem))) }
        </Banner>
    }
}

/// The way to the page that can say more of a reader.
fn more(problem: &Problem) -> Html {
    if fault::of_reader(&problem.code) && Route::read(&fragment()) != Route::Device {
        return el("p", "", link(Route::Device, "", text(common().check_device)));
    }
    Html::default()
}

/// The next step, from when on, how many tries.
fn said(problem: &Problem) -> Html {
    let next = problem.fault().map(|fault| AttrValue::Static(fault.next));
    let at = problem.retry_at.map(|at| format::not_before(at).into());
    let tries =
        problem.tries_left.map(|tries| el("p", "", el("strong", "", text(format::tries_left(tries)))));
    let lines = [next, at].into_iter().flatten().map(|line| el("p", "", text(line)));
    all(lines.chain(tries).collect())
}

/// 直せる人:このパソコンの管理者・番号 CARD-004
fn small_print(problem: &Problem) -> String {
    let words = common();
    let number = words.number.to_owned() + " " + &problem.code;
    match problem.fault() {
        Some(fault) => words.who_mends.to_owned() + ":" + fault.who.name() + "・" + &number,
        None => number,
    }
}

/// What the help desk needs: version, code, sentence, reader, request. No personal data can be in it.
fn for_help_desk(problem: &Problem) -> AttrValue {
    let mut text = format!("かけはし {} / {}", env!("CARGO_PKG_VERSION"), problem.code);
    if let Some(fault) = problem.fault() {
        text += &format!(" / {}", fault.what);
    }
    for part in [&problem.detail, &problem.request].into_iter().flatten() {
        text = text + " / " + part;
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_desk_gets_code_sentence_and_request() {
        let mut problem = Problem::new("UPS-111");
        problem.request = Some("urn:uuid:1".to_owned());
        let text = for_help_desk(&problem);
        assert!(text.contains("UPS-111") && text.contains("見つかりません") && text.ends_with("urn:uuid:1"));
    }
}
