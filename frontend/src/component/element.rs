//! Plain elements, made by a call instead of by `html!`. The macro writes its code out at every place it
//! stands; where a page has many elements without listeners, this is a third of the bytes to load.

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VNode, VTag, VText};

/// An element with a class (none when empty).
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str, inside: Html) -> Html {
    let mut element = VTag::new(AttrValue::Static(tag));
    if !class.is_empty() {
        element.set_attributes(Attributes::Dynamic {
            keys: &["class"],
            values: Box::new([Some(AttributeOrProperty::Static(class))]),
        });
    }
    element.add_child(inside);
    element.into()
}

/// An element with attributes, as many values as keys.
#[inline(never)]
pub fn el_with(
    tag: &'static str,
    keys: &'static [&'static str],
    values: Vec<AttrValue>,
    inside: Html,
) -> Html {
    let mut element = VTag::new(AttrValue::Static(tag));
    let values = values.into_iter().map(|value| Some(AttributeOrProperty::Attribute(value))).collect();
    element.set_attributes(Attributes::Dynamic { keys, values });
    element.add_child(inside);
    element.into()
}

/// Text.
pub fn text(words: impl Into<AttrValue>) -> Html {
    node(words.into())
}

#[inline(never)]
fn node(words: AttrValue) -> Html {
    VNode::VText(VText::new(words))
}

/// One after the other.
#[inline(never)]
pub fn all(parts: Vec<Html>) -> Html {
    VList::with_children(parts, None).into()
}
