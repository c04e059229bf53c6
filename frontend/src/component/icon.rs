//! Line icons, drawn here: no font, no request. They are ornaments; words stand beside each.

use yew::prelude::*;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconKind {
    /// A tick in a circle.
    Check,
    /// An exclamation mark in a triangle.
    Warning,
    /// A cross in an octagon.
    Error,
    /// An `i` in a circle.
    Info,
    /// A card reader with its cable.
    Reader,
    /// A card with a chip.
    Card,
    /// Four dots of a PIN.
    Pin,
    /// A document being looked up.
    Inquiry,
    /// A calendar sheet.
    Today,
    /// A magnifier.
    Find,
    /// A question mark.
    Help,
    /// A padlock.
    Lock,
    /// A door.
    Leave,
    /// A printer.
    Print,
    /// Two arrows in a circle.
    Refresh,
    /// An arrow to the right.
    Next,
    /// An arrow to the left.
    Before,
    /// An arrow to the left with a cross: take one digit back.
    Back,
    /// Two sheets.
    Copy,
    /// Columns of cards.
    Board,
    /// A sheet that is handed in.
    File,
    /// A bridge: the product's sign.
    Bridge,
}

impl IconKind {
    /// Strokes on a 24 × 24 field.
    fn path(self) -> &'static str {
        match self {
            Self::File => "M6 3h8l4 4v14H6zM14 3v4h4M12 18v-7M9 13.5l3-3 3 3",
            Self::Check => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.5l2.8 2.8L16 9.5",
            Self::Warning => "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
            Self::Error => "M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7zM9 9l6 6M15 9l-6 6",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.3",
            Self::Reader => "M5 9h14v8a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2zM8 9V5h8v4M9 13h6M12 19v3",
            Self::Card => "M3 6h18v12H3zM6 10h4v3H6zM13 10h5M13 14h5M6 15.5h4",
            Self::Pin => {
                "M3 7h18v10H3zM6.5 12h.01M6 12a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0M9.8 12a.6.6 0 1 0 1.2 0 \
                 .6.6 0 0 0-1.2 0M13.4 12a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0M17 12h1.2"
            }
            Self::Inquiry => {
                "M13 3H5v18h6M13 3l5 5h-5zM18 8v2M8 11h5M8 15h3M16 13a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18.2 18.2 21 21"
            }
            Self::Today => "M4 6h16v14H4zM4 10h16M8 3.5V7M16 3.5V7M8 14h3M8 17h6",
            Self::Find => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5",
            Self::Help => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.4 9.6a2.7 2.7 0 1 1 3.8 2.5c-.8.4-1.2.9-1.2 1.9M12 16.8v.3"
            }
            Self::Lock => "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3M12 14.5v2.5",
            Self::Leave => "M13 4H5v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Refresh => "M20 12a8 8 0 0 1-14.3 4.9M4 12a8 8 0 0 1 14.3-4.9M18.5 3.5v4h-4M5.5 20.5v-4h4",
            Self::Next => "M4 12h15M13 6l6 6-6 6",
            Self::Before => "M20 12H5M11 6l-6 6 6 6",
            Self::Back => "M9 6h11v12H9l-6-6zM12 9.5l5 5M17 9.5l-5 5",
            Self::Copy => "M8 8h11v12H8zM5 16V4h11",
            Self::Board => "M4 4h16v16H4zM9.3 4v16M14.7 4v16M6 8h1.5M11.2 8h1.6M11.2 12h1.6M16.5 8H18",
            Self::Bridge => "M2 17h20M2 13c4-8 16-8 20 0M6 10v7M12 7v10M18 10v7",
        }
    }
}

/// An ornament of the text's height; hidden from screen readers.
pub fn icon(kind: IconKind) -> Html {
    draw(kind, "kk-icon")
}

/// The same, 40 px high.
pub fn large_icon(kind: IconKind) -> Html {
    draw(kind, "kk-icon kk-icon--large")
}

fn draw(kind: IconKind, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={kind.path()} /></svg>
    }
}
