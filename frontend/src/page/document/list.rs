//! Which documents there are, and why one may not be opened.

use super::opened::{Part, title};
use crate::component::{Button, Rank, Tone, all, as_of, badge, el, el_with, text};
use crate::text::{document as words, document_pages};
use domain::access::Denial;
use domain::fault;
use domain::upstream::{DocumentHead, DocumentKind, DocumentListResponse, DocumentShelf};
use yew::prelude::*;

/// All of them, a section a kind.
pub(super) fn list(list: &DocumentListResponse, open: &Callback<(DocumentHead, Part)>) -> Html {
    let shelves = list.kinds.iter().map(|one| shelf(one, open)).collect();
    el("div", "kk-shelves", all(shelves))
}

fn shelf(shelf: &DocumentShelf, open: &Callback<(DocumentHead, Part)>) -> Html {
    let inside = match &shelf.closed {
        Some(denial) => closed(*denial),
        None if shelf.documents.is_empty() => {
            all(vec![el("p", "", text(words().none)), el("p", "kk-support", text(words().none_why))])
        }
        None => all(shelf.documents.iter().map(|head| document(head, open)).collect()),
    };
    let name = match shelf.kind {
        DocumentKind::Unknown(code) => code.as_str().to_owned(),
        kind => kind.name().to_owned(),
    };
    el("section", "kk-shelf", all(vec![el("h2", "kk-shelf__title", text(name)), inside]))
}

fn document(head: &DocumentHead, open: &Callback<(DocumentHead, Part)>) -> Html {
    let day = match head.kind {
        DocumentKind::Survey => words().surveyed,
        DocumentKind::Judgement => words().judged,
        _ => words().written,
    };
    let line = vec![badge(None, head.age.name()), text(" "), text(day), text(" "), text(head.on.wareki())];
    let mut parts = vec![el("p", "kk-shelf__what", all(line))];
    match head.closed {
        Some(denial) => parts.push(closed(denial)),
        None => {
            let original = match head.pdf_pages {
                Some(pages) => {
                    let label = words().original.to_owned() + " " + &document_pages(pages);
                    press(head, Part::Original, label, open)
                }
                None => el("span", "kk-quiet", text(words().no_original)),
            };
            let content = press(head, Part::Content, words().content.to_owned(), open);
            parts.push(el("div", "kk-actions kk-actions--small", all(vec![content, original])));
        }
    }
    parts.push(as_of(head.as_of, head.source.clone().into()));
    el("div", "kk-shelf__one", all(parts))
}

fn press(head: &DocumentHead, part: Part, words: String, open: &Callback<(DocumentHead, Part)>) -> Html {
    let label = title(head) + " " + &words;
    let rank = if part == Part::Content { Rank::Primary } else { Rank::Secondary };
    let onclick = {
        let (open, head) = (open.clone(), head.clone());
        Callback::from(move |()| open.emit((head.clone(), part)))
    };
    html! { <Button {rank} {label} {onclick}>{ words }</Button> }
}

/// Why not, who can change it, what to do.
fn closed(denial: Denial) -> Html {
    let mut parts = vec![el("p", "", badge(Some(Tone::Warning), words().closed))];
    match fault::find(denial.code()) {
        Some(fault) => {
            parts.push(el("p", "", text(fault.what)));
            parts.push(el("p", "kk-support", text(fault.next)));
        }
        None => parts.push(el("p", "", text(denial.name()))),
    }
    parts.push(el("p", "kk-banner__code", text(denial.code().to_owned())));
    el_with("div", &["class", "role"], vec!["kk-shelf__closed".into(), "note".into()], all(parts))
}
