//! Blank forms, to be written on by hand.

use super::FilingProps;
use super::form::sheet;
use crate::component::{RadioGroup, RadioOption, Rank, all, el};
use crate::page::parts::{heading, note, paragraph, press};
use crate::service::browser;
use crate::text::filing as words;
use domain::filing::paper::{self, Content, Use};
use domain::filing::{FormKind, definition};
use domain::number::InsurerNumber;
use yew::prelude::*;

/// 伊勢崎市, where this is first used. Another insurer's people get the neutral form from their own draft.
const USUAL_INSURER: &str = "102046";
/// Its name.
const INSURER_NAME: &str = "伊勢崎市";

/// The page.
#[component]
pub fn BlankPage(props: &FilingProps) -> Html {
    let form = use_state_eq(|| FormKind::HomeCare);
    let options: Vec<RadioOption> =
        FormKind::ALL.iter().map(|one| RadioOption::new(one.code().to_owned(), one.name())).collect();
    let selected = Some(AttrValue::from(form.code().to_owned()));
    let onchange = {
        let form = form.clone();
        Callback::from(move |code: AttrValue| form.set(FormKind::from_code(&code)))
    };
    let print = press("filing-print", Rank::Primary, words().print, Callback::from(|()| browser::print()));
    let of = InsurerNumber::parse(USUAL_INSURER)
        .ok()
        .and_then(|insurer| definition(&insurer, *form, props.app.today()));
    let paper =
        of.map_or_else(Html::default, |of| sheet(&paper::sheet(of, Content::Blank, INSURER_NAME, Use::Hand)));
    let choose = html! {
        <RadioGroup id="blank-form" legend={words().blank_form} {options} {selected} {onchange} />
    };
    el(
        "article",
        "kk-page kk-filing-print",
        all(vec![
            heading(words().blank_title),
            paragraph(words().blank_lead),
            note(words().blank_insurer),
            note(words().start_number),
            el("div", "kk-tools", choose),
            el("div", "kk-tools", print),
            paper,
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;

    #[test]
    fn every_form_can_be_printed_blank() {
        let insurer = InsurerNumber::parse(USUAL_INSURER).unwrap();
        for form in FormKind::ALL {
            assert!(definition(&insurer, *form, Date::new(2026, 11, 23).unwrap()).is_some());
        }
    }
}
