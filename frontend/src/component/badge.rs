//! Small labels.

use super::{IconKind, all, el, icon};
use yew::prelude::*;

/// What a notice or label is about. Each has its own sign beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Info,
    /// Done, or valid.
    Success,
    /// To be looked at.
    Warning,
    /// Went wrong, or over.
    Error,
}

impl Tone {
    /// Its sign.
    pub fn icon(self) -> IconKind {
        match self {
            Self::Info => IconKind::Info,
            Self::Success => IconKind::Check,
            Self::Warning => IconKind::Warning,
            Self::Error => IconKind::Error,
        }
    }
}

/// A label of a word or two, with the sign of its tone when it has one.
pub fn badge(tone: Option<Tone>, text: impl Into<AttrValue>) -> Html {
    label(tone, text.into())
}

/// A plain, larger label for a head strip.
pub fn level_badge(text: &'static str) -> Html {
    el("span", "kk-badge kk-badge--large", super::text(text))
}

fn label(tone: Option<Tone>, text: AttrValue) -> Html {
    let class = match tone {
        None => "kk-badge",
        Some(Tone::Info) => "kk-badge kk-badge--info",
        Some(Tone::Success) => "kk-badge kk-badge--success",
        Some(Tone::Warning) => "kk-badge kk-badge--warning",
        Some(Tone::Error) => "kk-badge kk-badge--error",
    };
    let sign = tone.map_or_else(Html::default, |tone| icon(tone.icon()));
    el("span", class, all(vec![sign, super::text(text)]))
}
