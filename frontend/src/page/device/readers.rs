//! Which readers there are and how each is reached.

use super::known::{numbers, source, way_to, way_words};
use super::table::standing;
use super::{DevicePage, Msg, Phase};
use crate::component::{Button, Rank, all, el, el_with, rows, text};
use crate::page::parts::{actions, fault, note, paragraph, press};
use crate::service::card::reader::Found;
use crate::text::{device as words, device_bulk, device_interface, device_interrupt};
use ccid::usb::Interface;
use ccid::usb::descriptor::{CLASS_CCID, CLASS_VENDOR};
use ccid::usb::readers::lookup;
use yew::prelude::*;

impl DevicePage {
    /// The practice reader, or the readers this page may use and the button to choose one more.
    pub(super) fn readers(&self, ctx: &Context<Self>) -> Html {
        if self.practice.is_some() {
            let test = self.test_button(ctx, None, words().practice_reader);
            return all(vec![
                paragraph(words().practice_reader),
                note(words().practice_note),
                actions(vec![test]),
            ]);
        }
        let mut parts = match &self.readers {
            Err(problem) => vec![fault(problem, false, Html::default())],
            Ok(found) if found.is_empty() && self.looking => vec![paragraph(words().looking)],
            Ok(found) if found.is_empty() => vec![paragraph(words().none)],
            Ok(found) => {
                vec![el(
                    "ul",
                    "kk-readers",
                    all(found.iter().enumerate().map(|it| self.reader(ctx, it)).collect()),
                )]
            }
        };
        if self.readers.is_ok() {
            let choose = ctx.link().callback(|()| Msg::Choose);
            let rank =
                if self.readers.as_ref().is_ok_and(Vec::is_empty) { Rank::Primary } else { Rank::Secondary };
            parts.push(note(words().choose_note));
            parts.push(actions(vec![press("device-choose", rank, words().choose, choose)]));
        }
        if let Some(problem) = &self.unchosen {
            parts.push(fault(problem, true, Html::default()));
        }
        all(parts)
    }

    fn reader(&self, ctx: &Context<Self>, (at, found): (usize, &Found)) -> Html {
        let (way, known) = (way_to(found), lookup(found.id));
        let name = if found.name.is_empty() { words().nameless.to_owned() } else { found.name.clone() };
        let interfaces = found.interfaces.iter().map(|it| el("li", "", text(interface(it)))).collect();
        let told = known.map_or(words().not_in_table, |reader| source(reader.source));
        let tried = if known.is_some_and(|reader| reader.tried) { words().tried } else { words().untried };
        let facts = [
            (words().usb_number, el("span", "kk-number", text(numbers(found.id)))),
            (words().way, text(way_words(way))),
            (words().interfaces, el("ul", "", all(interfaces))),
            (words().known, all(vec![paragraph(told), paragraph(tried)])),
        ];
        let test = self.test_button(ctx, Some(at), &name);
        let state = standing(way.standing(self.ability.unrestricted));
        let head = all(vec![el("strong", "", text(name)), state]);
        let inside = vec![
            el("h3", "kk-meaning", head),
            rows(facts.into_iter().map(|(name, value)| (text(name), value))),
            actions(vec![test]),
        ];
        el("li", "kk-readers__one", all(inside))
    }

    /// Tests this reader. Its name is in the button's, for who hears only the button.
    fn test_button(&self, ctx: &Context<Self>, at: Option<usize>, name: &str) -> Html {
        let running = matches!(self.phase, Phase::Running | Phase::Stopping);
        let id = at.map_or_else(|| "device-test".to_owned(), |at| format!("device-test-{at}"));
        let label = [words().test, ": ", name].concat();
        html! {
            <Button {id} rank={Rank::Primary} disabled={running} {label} onclick={ctx.link().callback(move |()| Msg::Test(at))}>
                { words().test }
            </Button>
        }
    }
}

/// 機能0: クラス0B(カードリーダー)、bulk IN 2(64バイト)・OUT 1、割り込み 3
pub(super) fn interface(it: &Interface) -> String {
    let class = match it.class {
        CLASS_CCID => words().class_ccid,
        CLASS_VENDOR => words().class_vendor,
        _ => "",
    };
    let mut said = device_interface(it.number, it.class, class);
    if it.bulk_in != 0 || it.bulk_out != 0 {
        said += &device_bulk(it.bulk_in, it.bulk_out, it.packet);
    }
    if it.interrupt != 0 {
        said += &device_interrupt(it.interrupt);
    }
    said
}

/// A list with a name for who does not see it.
pub(super) fn named_list(name: &'static str, class: &'static str, items: Vec<Html>) -> Html {
    el_with("ol", &["class", "aria-label"], vec![class.into(), name.into()], all(items))
}
