//! What is wished of the list of clients; kept while somebody looks at one of them.

/// What is asked of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// What is searched for.
    pub typed: String,
    /// Who is shown.
    pub filter: Filter,
    /// Code of a level.
    pub level: Option<String>,
    /// Number of an insurer.
    pub insurer: Option<String>,
    /// In which order.
    pub sort: Sort,
}

/// Who is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Everybody.
    #[default]
    Every,
    /// Something needs doing.
    ToDo,
    /// The 認定 ends within sixty days.
    Ending,
    /// A certificate is missing or over.
    Missing,
    /// The right to view is over.
    RightOver,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By kana.
    #[default]
    Kana,
    /// The 認定 that ends first stands first.
    Ends,
    /// The heaviest first.
    Level,
    /// By insurer and number.
    Number,
}

impl Filter {
    /// All, each with its value in a form and its words.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Every, "every", "すべて"),
        (Self::ToDo, "to-do", "することがある"),
        (Self::Ending, "ending", "認定が60日以内に切れる"),
        (Self::Missing, "missing", "証がない・切れている"),
        (Self::RightOver, "right", "閲覧期限切れ"),
    ];
}

impl Sort {
    /// All, each with its value in a form and its words.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Kana, "kana", "かな順"),
        (Self::Ends, "ends", "認定の期限が近い順"),
        (Self::Level, "level", "要介護度の重い順"),
        (Self::Number, "number", "番号順"),
    ];
}
