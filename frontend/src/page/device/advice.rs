//! Causes and what to do about them.

use super::{DevicePage, Msg};
use crate::component::{Need, RadioGroup, RadioOption, all, el, text};
use crate::page::parts::paragraph;
use crate::text::{common, device as words};
use domain::reader::{Os, Proof, Remedy, Trouble, Way, remedies};
use yew::prelude::*;

impl DevicePage {
    /// All troubles, for the system at hand or another one.
    pub(super) fn advice(&self, ctx: &Context<Self>) -> Html {
        let options: Vec<RadioOption> = Os::ALL.map(|os| RadioOption::new(os.name(), os.name())).into();
        let choice = html! {
            <RadioGroup
                id="device-os"
                legend={words().advice_os}
                {options}
                selected={Some(AttrValue::Static(self.os.name()))}
                need={Need::Unsaid}
                inline=true
                onchange={ctx.link().callback(Msg::Os)}
            />
        };
        let troubles = Trouble::ALL.map(|trouble| {
            let inside = vec![el("summary", "", text(trouble.name())), causes(trouble, self.os, None)];
            el("details", "kk-trouble", all(inside))
        });
        all(vec![paragraph(words().advice_lead), choice, all(troubles.into())])
    }
}

/// The causes of a trouble, likely ones first.
pub(super) fn causes(trouble: Trouble, os: Os, way: Option<Way>) -> Html {
    el("ul", "kk-remedies", all(remedies(trouble, os, way).map(remedy).collect()))
}

fn remedy(remedy: &'static Remedy) -> Html {
    let who = [common().who_mends, ":", remedy.who.name()].concat();
    let steps = remedy.steps.iter().map(|step| el("li", "", text(*step))).collect();
    let proof = if remedy.proof == Proof::Unknown { "kk-remedies__unknown" } else { "kk-support" };
    let inside = vec![
        el("p", "kk-remedies__cause", text(remedy.cause)),
        el("ul", "kk-causes", all(steps)),
        el("p", "kk-support", text(who)),
        el("p", proof, text(remedy.proof.words())),
    ];
    el("li", "kk-remedies__one", all(inside))
}
