//! One person: who it is, one sentence, and the five kinds as sheets.

mod certificate;
mod client;
mod copayment;
mod doubt;
mod equipment;
mod head;
mod housing;
mod limit;
mod paper;
#[cfg(test)]
mod sample;
mod sentence;
mod view;

use crate::component::{Banner, Button, DateStyle, FaultMessage, IconKind, Rank, Tone, Waiting, icon};
use crate::page::ways::Ways;
use crate::state::{Loaded, PersonKey, use_app, use_page, use_qualification};
use crate::text::person as words;
use domain::calendar::Date;
use domain::qualification::Qualification;
use yew::prelude::*;

/// Properties of [`PersonPage`].
#[derive(Properties, PartialEq)]
pub struct PersonPageProps {
    /// Names the person within this session.
    pub person: PersonKey,
}

/// The right to view is over, or was never there.
const NO_RIGHT: [&str; 2] = ["UPS-120", "UPS-121"];

/// One person's page.
#[component]
pub fn PersonPage(props: &PersonPageProps) -> Html {
    let app = use_app();
    let heading = use_page(words().title);
    let sheets = use_qualification(props.person);
    let style = use_state_eq(DateStyle::default);
    let Some(seen) = app.person(props.person) else {
        return html! {
            <article class="kk-page">
                <h1 class="kk-title" tabindex="-1" ref={heading}>{ words().title }</h1>
                <Banner tone={Tone::Info} title={words().gone}><p>{ words().gone_why }</p></Banner>
                <Ways />
            </article>
        };
    };
    let now = app.now();
    let load = &sheets.load;
    let all = load.value.as_deref();
    html! {
        <article class="kk-page kk-person" aria-busy={load.waiting.then_some("true")}>
            { head::head(&seen, all, now, *style, heading) }
            if seen.right.until <= now {
                <Banner tone={Tone::Warning} title={words().right_over}>
                    <p>{ words().right_again }</p>
                    <Ways />
                </Banner>
            }
            if let Some(problem) = &load.problem {
                <FaultMessage problem={problem.clone()} onagain={sheets.reload.clone()}>
                    if all.is_some() {
                        <p>{ words().old_kept }</p>
                    }
                    if NO_RIGHT.contains(&problem.code.as_ref()) {
                        <Ways />
                    }
                </FaultMessage>
            }
            if load.waiting {
                <Waiting what={if all.is_some() { words().refreshing } else { words().waiting }} />
            }
            if let Some(all) = all {
                { tools(&sheets, style.clone(), client::button(&app, &seen.person.handle)) }
                { papers(all, now.date(), *style) }
            }
        </article>
    }
}

/// Print, fetch anew, both calendars.
fn tools(sheets: &Loaded<Qualification>, style: UseStateHandle<DateStyle>, client: Html) -> Html {
    let both = *style == DateStyle::Both;
    let switch = Callback::from(move |()| style.set(if both { DateStyle::Wareki } else { DateStyle::Both }));
    let print = Callback::from(|()| {
        // A browser that refuses to print says so itself.
        let _ = web_sys::window().map(|window| window.print());
    });
    html! {
        <div class="kk-tools">
            <Button rank={Rank::Secondary} id="kk-print" onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
            <Button rank={Rank::Secondary} id="kk-refresh" disabled={sheets.load.waiting} onclick={sheets.reload.clone()}>
                { icon(IconKind::Refresh) }{ words().refresh }
            </Button>
            <Button rank={Rank::Tertiary} id="kk-dates" pressed={both} onclick={switch}>
                { icon(IconKind::Today) }{ words().both_dates }
            </Button>
            { client }
        </div>
    }
}

/// The five kinds, in the order of the papers.
fn papers(all: &Qualification, today: Date, style: DateStyle) -> Html {
    let papers = [
        certificate::paper(&all.person, &all.certificate, today),
        copayment::paper(&all.person, &all.copayment, today),
        limit::paper(&all.person, &all.limit, today),
        housing::paper(&all.person, &all.housing, today),
        equipment::paper(&all.person, &all.equipment, today),
    ];
    html! { <div class="kk-sheets">{ for papers.iter().map(|paper| view::view(paper, style)) }</div> }
}
