//! What stands around every page.

use super::find_box::FindBox;
use super::{Button, IconKind, Rank, Tone, address, all, el, el_with, focus_on, icon, link, text};
use crate::route::Route;
use crate::state::{App, Connection, Reach, use_app};
use crate::text::{board_changes, common, filing_band, frame};
use yew::prelude::*;

/// Properties of [`Frame`].
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// The page.
    pub children: Html,
}

/// Header, navigation and the page; before the sign-in only the product's name. On small screens the
/// navigation stands at the bottom.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let app = use_app();
    let main = use_node_ref();
    let skip = {
        let main = main.clone();
        // A real fragment would change the address, which the router reads.
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus_on(&main);
        })
    };
    let inside = app.session().is_some();
    html! {
        <div class={if inside { "kk-frame" } else { "kk-frame kk-frame--outside" }}>
            <a class="kk-skip" href="#kk-main" onclick={skip}>{ frame().skip }</a>
            { for app.training().map(|_| training()) }
            { head(&app) }
            <main class="kk-main" id="kk-main" tabindex="-1" ref={main}>{ props.children.clone() }</main>
        </div>
    }
}

/// The yellow band.
fn training() -> Html {
    let inside = vec![
        icon(IconKind::Warning),
        el("strong", "", text(frame().training)),
        el("span", "kk-training__more", text(frame().training_more)),
    ];
    el("aside", "kk-training", all(inside))
}

/// Product, find box, card button; under them the pages and who works here.
fn head(app: &App) -> Html {
    let product = all(vec![icon(IconKind::Bridge), text(common().product)]);
    let mut line = vec![link(Route::Today, "kk-head__product", product)];
    let mut rows = Vec::new();
    if app.session().is_some() {
        let at_desk = app.at_desk();
        if !at_desk {
            let card = all(vec![icon(IconKind::Card), text(common().read_card)]);
            line.push(html! { <FindBox /> });
            line.push(link(Route::FindCard, "kk-button kk-button--primary kk-head__card", card));
        }
        rows.push(el("div", "kk-head__bar", all(vec![navigation(app, at_desk), account(app)])));
        rows.push(changes(app.fresh_cases()));
        rows.push(unsent(app.unsent()));
    } else {
        line.push(link(Route::Device, "kk-head__way", text(frame().device)));
    }
    rows.insert(0, el("div", "kk-head__line", all(line)));
    el("header", "kk-head", all(rows))
}

/// What is confirmed and not known to have come, on every page. The element is there before its words.
fn unsent((not_yet, checking): (usize, usize)) -> Html {
    let said = filing_band(not_yet, checking);
    let (class, inside) = if said.is_empty() {
        ("kk-unsent kk-unsent--none", Html::default())
    } else {
        let words = vec![
            icon(IconKind::Warning),
            el("span", "", text(said)),
            link(Route::Filings, "kk-unsent__way", text(frame().unsent_way)),
        ];
        ("kk-unsent", all(words))
    };
    el_with("div", &["class", "role"], vec![class.into(), "status".into()], inside)
}

/// Who works here, how the connection is, and the two ways out.
fn account(app: &App) -> Html {
    let (tone, said) = connection_words(app.connection());
    let (class, sign) = match tone {
        Tone::Success => ("kk-account__connection", IconKind::Check),
        Tone::Error => ("kk-account__connection kk-account__connection--bad", IconKind::Warning),
        _ => ("kk-account__connection kk-account__connection--waiting", IconKind::Info),
    };
    let who = app.session().map_or_else(Html::default, |staff| {
        let office = el("span", "", text(staff.office_name.clone()));
        let name = el("span", "kk-account__name", text(staff.name.clone()));
        el("p", "kk-account__who", all(vec![office, name]))
    });
    let connection = all(vec![icon(sign), text(said)]);
    let ways = vec![
        way("kk-lock", IconKind::Lock, frame().lock, app.clone(), App::lock),
        way("kk-sign-out", IconKind::Leave, frame().sign_out, app.clone(), App::sign_out),
    ];
    let inside = vec![
        who,
        el_with("p", &["class", "role"], vec![class.into(), "status".into()], connection),
        el("div", "kk-account__ways", all(ways)),
    ];
    el("div", "kk-account", all(inside))
}

fn way(id: &'static str, sign: IconKind, name: &'static str, app: App, go: fn(&App)) -> Html {
    let onclick = Callback::from(move |()| go(&app));
    html! { <Button {id} rank={Rank::Tertiary} {onclick}>{ icon(sign) }{ text(name) }</Button> }
}

/// The pages there are for whoever is signed in.
fn navigation(app: &App, at_desk: bool) -> Html {
    let words = frame();
    let desk = [
        (Route::Desk, IconKind::Inquiry, words.desk),
        (Route::DeskFilings, IconKind::File, words.filings),
        (Route::DeskBulk, IconKind::Copy, words.desk_bulk),
        (Route::Help, IconKind::Help, words.help),
    ];
    let mut office = vec![
        (Route::Today, IconKind::Today, words.today),
        (Route::Clients, IconKind::Inquiry, words.clients),
        (Route::Find, IconKind::Find, words.find),
        (Route::Help, IconKind::Help, words.help),
    ];
    if app.may_follow().is_some_and(|may| may.is_ok()) {
        office.insert(2, (Route::Board, IconKind::Board, words.board));
    }
    if app.may_file() {
        office.insert(office.len() - 2, (Route::Filings, IconKind::File, words.filings));
    }
    if app.may_read_audit().is_some_and(|may| may.is_ok()) {
        office.insert(office.len() - 1, (Route::Records, IconKind::Copy, words.records));
    }
    let items = if at_desk { &desk[..] } else { &office };
    let items = items.iter().map(|(route, sign, name)| {
        let (route, sign, name) = (*route, *sign, *name);
        let current = place(app.route()) == Some(route);
        let (class, said) =
            if current { ("kk-nav__link kk-nav__link--current", "page") } else { ("kk-nav__link", "false") };
        let values = vec![class.into(), address(route).into(), said.into()];
        let mut inside = vec![icon(sign), el("span", "", text(name))];
        match route {
            Route::Board => inside.push(count(app.fresh_cases(), words.changed)),
            Route::DeskFilings => inside.push(count(app.undecided_filings(), words.undecided)),
            _ => {}
        }
        let inside = all(inside);
        el("li", "", el_with("a", &["class", "href", "aria-current"], values, inside))
    });
    let list = el("ul", "kk-nav__list", all(items.collect()));
    el_with("nav", &["class", "aria-label"], vec!["kk-nav".into(), words.navigation.into()], list)
}

/// How many of what there is to look at, beside the page that shows them.
fn count(how_many: usize, unit: &'static str) -> Html {
    if how_many == 0 {
        return Html::default();
    }
    let unit = el("span", "kk-hidden", text(unit));
    el("span", "kk-nav__count", all(vec![text(how_many.to_string()), unit]))
}

/// The same for a screen reader, on whichever page it is. The element is there before its words.
fn changes(fresh: usize) -> Html {
    let said = if fresh == 0 { AttrValue::default() } else { board_changes(fresh).into() };
    el_with(
        "p",
        &["id", "class", "role"],
        vec!["kk-changes".into(), "kk-hidden".into(), "status".into()],
        text(said),
    )
}

/// Under which entry of the navigation a page stands.
fn place(route: Route) -> Option<Route> {
    match route {
        Route::Today
        | Route::Calendar
        | Route::Round
        | Route::Notices
        | Route::Person { .. }
        | Route::Documents { .. }
        | Route::Consent { .. } => Some(Route::Today),
        Route::Find | Route::FindCard | Route::FindNumbers => Some(Route::Find),
        Route::Board | Route::Cases { .. } => Some(Route::Board),
        Route::Clients | Route::ClientsFile => Some(Route::Clients),
        Route::Desk | Route::DeskCase { .. } | Route::DeskNotice { .. } => Some(Route::Desk),
        Route::Filings
        | Route::FilingBlank
        | Route::FilingStart { .. }
        | Route::Filing { .. }
        | Route::FilingCard { .. }
        | Route::FilingPaper { .. }
        | Route::FilingProof => Some(Route::Filings),
        Route::DeskFilings | Route::DeskFiled { .. } | Route::DeskProof { .. } | Route::DeskPaper => {
            Some(Route::DeskFilings)
        }
        Route::DeskBulk => Some(Route::DeskBulk),
        Route::Records => Some(Route::Records),
        Route::Help | Route::Device => Some(Route::Help),
        Route::NotFound => None,
    }
}

/// Whether all is well, and the words for it.
fn connection_words(connection: Connection) -> (Tone, &'static str) {
    let words = frame();
    match (connection.relay, connection.upstream) {
        (Reach::Down, _) => (Tone::Error, words.relay_down),
        (_, Reach::Down) => (Tone::Error, words.upstream_down),
        (Reach::Up, Reach::Up) => (Tone::Success, words.connected),
        _ => (Tone::Info, words.connecting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_station_that_is_down_is_named() {
        let say = |relay, upstream| connection_words(Connection { relay, upstream });
        assert_eq!(say(Reach::Up, Reach::Up), (Tone::Success, frame().connected));
        assert_eq!(say(Reach::Down, Reach::Unknown), (Tone::Error, frame().relay_down));
        assert_eq!(say(Reach::Up, Reach::Down), (Tone::Error, frame().upstream_down));
        assert_eq!(say(Reach::Up, Reach::Unknown), (Tone::Info, frame().connecting));
    }

    #[test]
    fn a_page_stands_under_its_entry() {
        assert_eq!(place(Route::FindCard), Some(Route::Find));
        assert_eq!(place(Route::Board), Some(Route::Board));
        assert_eq!(place(Route::NotFound), None);
    }
}
