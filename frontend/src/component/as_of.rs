//! Since when and from whom a value is.

use super::{all, el, el_with, text};
use crate::text::format;
use domain::calendar::Time;
use yew::prelude::*;

/// `令和8年11月22日 14:05時点・伊勢崎市(保険者)` in small type.
pub fn as_of(time: Time, source: AttrValue) -> Html {
    let values = vec![format::machine_time(time).into(), format::gregorian_time(time).into()];
    let time = el_with("time", &["datetime", "title"], values, text(format::as_of(time)));
    el("p", "kk-as-of", all(vec![time, text("・"), text(source)]))
}
