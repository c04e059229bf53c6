//! Forgiving search: names, kana and numbers in one normal form.
//!
//! A small mapping of its own: the tables of full Unicode normalisation would weigh more in the app than
//! all rules together. NFKC judges it in the tests.

/// The half-width block from `ｦ` on, as hiragana.
const HALF: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
/// Each kana that can be voiced, with its voiced form.
const VOICED: &str = "うゔかがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼ";
/// Each kana that can be half voiced, with that form.
const HALF_VOICED: &str = "はぱひぴふぷへぺほぽ";
/// Written differently, searched alike: small kana, kana of one sound, old forms of kanji in names.
const ALIKE: &str = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけぢじづずをおゐいゑえゔぶヷわヸいヹえヺお\
    髙高﨑崎嵜崎邊辺邉辺齋斉齊斉斎斉澤沢濵浜濱浜嶋島嶌島廣広國国櫻桜眞真龍竜槇槙栁柳德徳惠恵榮栄圓円壽寿淺浅條条縣県與与彌弥瀨瀬黑黒𠮷吉\
    \u{FA10}塚\u{FA19}神\u{FA1B}福\u{FA1E}羽\u{FA4F}祐\u{F9DC}隆";

/// The normal form: hiragana, half-width small letters, no spaces, no long vowels, no marks apart.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut held: Option<char> = None;
    for c in text.chars() {
        match c {
            '\u{3099}' | '゛' | 'ﾞ' => held = held.map(|base| second(VOICED, base)),
            '\u{309A}' | '゜' | 'ﾟ' => held = held.map(|base| second(HALF_VOICED, base)),
            _ => {
                if let Some(plain) = plain(c) {
                    out.extend(held.replace(plain).map(alike));
                }
            }
        }
    }
    out.extend(held.map(alike));
    out
}

/// One character without width and case; `None` for what is not searched for.
fn plain(c: char) -> Option<char> {
    let c = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        'ｦ'..='ﾝ' => HALF.chars().nth((u32::from(c) - 0xFF66) as usize).unwrap_or(c),
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    };
    match c {
        'ー' | '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '~' | '〜' | '・' | '･' | '.' | ',' | '、' => {
            None
        }
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => None,
        c if c.is_whitespace() || c.is_control() => None,
        c => Some(c.to_ascii_lowercase()),
    }
}

fn alike(c: char) -> char {
    second(ALIKE, c)
}

/// The partner of a character in a list of pairs, or the character itself.
fn second(pairs: &str, first: char) -> char {
    let mut chars = pairs.chars();
    while let (Some(one), Some(other)) = (chars.next(), chars.next()) {
        if one == first {
            return other;
        }
    }
    first
}

/// What is searched of one person, made once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index(String);

impl Index {
    /// From the fields that are searched: name, kana, numbers.
    pub fn new<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        for field in fields {
            text += &normal(field);
            // Nothing that is typed holds this.
            text.push('\n');
        }
        Self(text)
    }
}

/// What was typed: words that must all be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(Vec<String>);

impl Query {
    /// From the search field.
    pub fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(normal).filter(|word| !word.is_empty()).collect())
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word is found; an empty query finds everybody.
    pub fn finds(&self, index: &Index) -> bool {
        self.0.iter().all(|word| index.0.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn many_ways_to_write_one_name() {
        for text in
            ["ヤマダ ハナコ", "ﾔﾏﾀﾞ ﾊﾅｺ", "やまだ　はなこ", "ヤマタ\u{3099}ハナコ", "ﾔﾏﾀﾞﾊﾅｺ", "ヤマダ・ハナコ"]
        {
            assert_eq!(normal(text), "やまだはなこ", "{text}");
        }
        for (one, other) in [
            ("ショウタ", "しようた"),
            ("ﾊﾟｰﾄ", "ぱと"),
            ("オーノ", "おの"),
            ("ヂ", "じ"),
            ("ＫＪ１０７", "kj107"),
            ("髙﨑", "高崎"),
            ("渡邊", "渡辺"),
            ("\u{FA1B}\u{FA10}", "福塚"),
            ("渡邉\u{E0101}", "渡辺"),
            ("０００－１２", "00012"),
        ] {
            assert_eq!(normal(one), normal(other), "{one}");
        }
        assert_eq!(normal("ﾞ"), "", "a mark alone is nothing");
    }

    #[test]
    fn all_words_must_be_found() {
        let index = Index::new(["山田 花子", "ヤマダ ハナコ", "0000012345"]);
        for text in ["", "山田", "ﾊﾅｺ", "はな　山", "１２３４５", "ヤマダハナ", "やまたﾞ"]
        {
            assert!(Query::new(text).finds(&index), "{text}");
        }
        for text in ["山本", "山田 太郎", "子ヤ", "99"] {
            assert!(!Query::new(text).finds(&index), "{text}");
        }
    }

    #[test]
    fn the_lists_are_pairs() {
        assert_eq!(HALF.chars().count(), 56);
        for list in [VOICED, HALF_VOICED, ALIKE] {
            assert_eq!(list.chars().count() % 2, 0);
        }
        // No second form is a first one: one pass is enough.
        for pair in ALIKE.chars().collect::<Vec<_>>().chunks(2) {
            assert_eq!(alike(pair[1]), pair[1], "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn one_pass_is_enough(text in "\\PC{0,24}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn width_and_composition_do_not_matter(text in "[ -~ァ-ヺ！-～ｦ-ﾟぁ-ゖ゛゜\u{3099}\u{309A}]{0,16}") {
            let composed: String = text.nfkc().collect();
            prop_assert_eq!(normal(&composed), normal(&text));
            let apart: String = text.nfkd().collect();
            prop_assert_eq!(normal(&apart), normal(&text));
        }

        #[test]
        fn a_part_finds_the_whole(name in "[ぁ-ゖァ-ヶ一-龠]{1,10}", from in 0usize..10, length in 1usize..10) {
            let part: String = name.chars().skip(from).take(length).collect();
            prop_assert!(Query::new(&part).finds(&Index::new([name.as_str()])));
        }
    }
}
