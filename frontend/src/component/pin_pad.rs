//! Entering a card's PIN: four boxes and a keypad.
//!
//! The digits never stand in the page, neither as text nor as an attribute or an input's value: the boxes
//! show how many there are. They are wiped when handed on, when the pad goes away, and after a minute
//! without a key.

use super::{Button, IconKind, Rank, all, el, el_with, focus_on, icon, text};
use crate::text::pin as words;
use gloo_timers::callback::Timeout;
use yew::prelude::*;
use zeroize::Zeroizing;

/// Length of the PIN of the 利用者証明用電子証明書.
const LENGTH: usize = 4;
/// After so long without a key the digits are wiped.
const FORGET_MS: u32 = 60_000;

/// Typed digits, ASCII. They have no debug text and are wiped when dropped.
pub struct Digits(Zeroizing<Vec<u8>>);

impl Digits {
    fn new() -> Self {
        // All the room at once: a growing vector would leave copies behind.
        Self(Zeroizing::new(Vec::with_capacity(LENGTH)))
    }

    /// The digits, `b'0'`–`b'9'`; four when handed on.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn push(&mut self, digit: u8) {
        if self.0.len() < LENGTH && digit.is_ascii_digit() {
            self.0.push(digit);
        }
    }

    fn pop(&mut self) {
        if let Some(last) = self.0.last_mut() {
            *last = 0;
        }
        self.0.pop();
    }

    fn is_whole(&self) -> bool {
        self.0.len() == LENGTH
    }
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Digit(u8),
    Back,
    Clear,
    Done,
    Leave,
}

/// A key of the keyboard; full-width digits too, because an input method may be on.
fn key(name: &str) -> Option<Key> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(c @ '0'..='9'), None) => Some(Key::Digit(c as u8)),
        (Some(c @ '０'..='９'), None) => {
            u8::try_from(u32::from(c) - 0xFF10).ok().map(|n| Key::Digit(b'0' + n))
        }
        _ => match name {
            "Backspace" => Some(Key::Back),
            "Delete" => Some(Key::Clear),
            "Enter" => Some(Key::Done),
            "Escape" => Some(Key::Leave),
            _ => None,
        },
    }
}

/// Properties of [`PinPad`].
#[derive(Properties, PartialEq)]
pub struct PinPadProps {
    /// Tries left, always in sight.
    pub tries: u8,
    /// Whether the card is checking one now: no key counts.
    #[prop_or_default]
    pub busy: bool,
    /// Four digits were confirmed; the pad has forgotten them already.
    pub onconfirm: Callback<Digits>,
    /// Escape was pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
}

/// Four boxes, a keypad, the keyboard. Nothing is sent before 確認 (Enter) is pressed.
#[component]
pub fn PinPad(props: &PinPadProps) -> Html {
    let digits = use_mut_ref(Digits::new);
    let forget = use_mut_ref(|| None::<Timeout>);
    let count = use_state_eq(|| 0usize);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| focus_on(&node));
    }
    let press = {
        let (digits, count, busy) = (digits.clone(), count.clone(), props.busy);
        let (onconfirm, oncancel) = (props.onconfirm.clone(), props.oncancel.clone());
        Callback::from(move |key: Key| {
            if key == Key::Leave {
                *digits.borrow_mut() = Digits::new();
                count.set(0);
                return oncancel.emit(());
            }
            if busy {
                return;
            }
            match key {
                Key::Digit(digit) => digits.borrow_mut().push(digit),
                Key::Back => digits.borrow_mut().pop(),
                Key::Clear | Key::Leave => *digits.borrow_mut() = Digits::new(),
                Key::Done => {
                    if digits.borrow().is_whole() {
                        let whole = digits.replace(Digits::new());
                        count.set(0);
                        onconfirm.emit(whole);
                    }
                }
            }
            count.set(digits.borrow().0.len());
            let (digits, count) = (digits.clone(), count.clone());
            *forget.borrow_mut() = Some(Timeout::new(FORGET_MS, move || {
                *digits.borrow_mut() = Digits::new();
                count.set(0);
            }));
        })
    };
    let onkeydown = {
        let press = press.clone();
        Callback::from(move |event: KeyboardEvent| {
            let on_button = event.target_dyn_into::<web_sys::HtmlButtonElement>().is_some();
            match key(&event.key()) {
                // Enter on a button presses that button.
                Some(Key::Done) if on_button => {}
                Some(_) if event.ctrl_key() || event.alt_key() || event.meta_key() => {}
                Some(key) => {
                    event.prevent_default();
                    press.emit(key);
                }
                None => {}
            }
        })
    };
    let mut keys: Vec<Html> = (1..=9).map(|digit| digit_key(digit, &press)).collect();
    keys.push(pad_key(Key::Clear, Some(words().clear), text(words().clear_short), &press));
    keys.push(digit_key(0, &press));
    keys.push(pad_key(Key::Back, Some(words().back), icon(IconKind::Back), &press));
    let (tries_class, sign) = match props.tries {
        0 | 1 => ("kk-pin__tries kk-pin__tries--last", IconKind::Warning),
        _ => ("kk-pin__tries", IconKind::Info),
    };
    html! {
        <div class="kk-pin" role="group" aria-labelledby="kk-pin-title" aria-describedby="kk-pin-tries kk-pin-keys" tabindex="-1" ref={node} {onkeydown}>
            { named("kk-pin__title", "kk-pin-title", text(words().title)) }
            { named(tries_class, "kk-pin-tries", all(vec![icon(sign), text(crate::text::pin_tries(props.tries))])) }
            { boxes(*count) }
            { el("div", "kk-pin__pad", all(keys)) }
            <Button
                id="kk-pin-confirm"
                rank={Rank::Primary}
                wide=true
                disabled={*count != LENGTH}
                busy={props.busy.then_some(AttrValue::Static(words().checking))}
                onclick={press.reform(|()| Key::Done)}
            >
                { words().confirm }
            </Button>
            { named("kk-support", "kk-pin-keys", text(words().keyboard)) }
        </div>
    }
}

/// A paragraph others refer to.
fn named(class: &'static str, id: &'static str, inside: Html) -> Html {
    el_with("p", &["class", "id"], vec![class.into(), id.into()], inside)
}

/// How many digits there are, as dots and in words.
fn boxes(count: usize) -> Html {
    let mut inside: Vec<Html> = (0..LENGTH)
        .map(|at| {
            let class = if at < count { "kk-pin__box kk-pin__box--filled" } else { "kk-pin__box" };
            el("span", class, Html::default())
        })
        .collect();
    let said = text(crate::text::pin_count(count));
    inside.push(el_with("span", &["class", "role"], vec!["kk-hidden".into(), "status".into()], said));
    el("div", "kk-pin__boxes", all(inside))
}

fn digit_key(digit: u8, press: &Callback<Key>) -> Html {
    pad_key(Key::Digit(b'0' + digit), None, text(digit.to_string()), press)
}

/// One key. A pointer does not move the focus to it, so that the focus never betrays a digit.
fn pad_key(key: Key, name: Option<&'static str>, face: Html, press: &Callback<Key>) -> Html {
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let onclick = press.reform(move |_: MouseEvent| key);
    let class = if name.is_some() { "kk-pin__key kk-pin__key--small" } else { "kk-pin__key" };
    html! { <button type="button" {class} aria-label={name} {onmousedown} {onclick}>{ face }</button> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_both_widths_count_and_others_do_not() {
        assert_eq!(key("7"), Some(Key::Digit(b'7')));
        assert_eq!(key("７"), Some(Key::Digit(b'7')));
        assert_eq!(key("Enter"), Some(Key::Done));
        assert_eq!(key("Backspace"), Some(Key::Back));
        for name in ["a", "F1", "Tab", "12", "", "Shift"] {
            assert_eq!(key(name), None, "{name}");
        }
    }

    #[test]
    fn a_fifth_digit_is_not_taken_and_nothing_grows() {
        let mut digits = Digits::new();
        let room = digits.0.capacity();
        for digit in b"12345" {
            digits.push(*digit);
        }
        assert_eq!(digits.bytes(), b"1234");
        assert_eq!(digits.0.capacity(), room);
        assert!(digits.is_whole());
        digits.pop();
        assert_eq!(digits.bytes(), b"123");
        assert!(!digits.is_whole());
        digits.push(b'x');
        assert_eq!(digits.bytes(), b"123");
    }
}
