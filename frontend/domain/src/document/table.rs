//! Which fields a paper has. The tables are text, checked in as they were read from the official forms.

/// The fields of one paper or of one part of it, in printed order.
#[derive(Debug)]
pub struct Table {
    /// Which text the table was read from.
    pub source: &'static str,
    /// Whether a field that is not filled in is worth a word; on most papers an empty field is an answer.
    pub complete: bool,
    fields: Vec<Field>,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Section (群) it stands in.
    pub section: u8,
    /// Its number; unique in the table.
    pub number: &'static str,
    /// Its label, as printed.
    pub label: &'static str,
    /// The label the 特記事項 sheet prints, for narrow places; often the same.
    pub short: &'static str,
    /// How it is filled in.
    pub kind: Kind,
    /// What stands around a number: `月*回`. Empty for none.
    pub unit: &'static str,
    /// What the item is judged by.
    pub aspect: Option<Aspect>,
    /// How two answers stand to each other.
    pub order: Order,
    /// Whether the codes of the choices are this house's assumption.
    pub assumed: bool,
    choices: &'static str,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One choice (一つだけ○印).
    One,
    /// Any number of choices (複数回答可).
    Many,
    /// Words.
    Text,
    /// A day.
    Date,
    /// A day, a month or a year, as far as it is known (頃).
    About,
}

/// What an item of the 基本調査 is judged by (評価軸).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// 能力
    Ability,
    /// 介助の方法
    Help,
    /// 有無
    Presence,
}

/// How two answers to one field stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// In no order: a change is a change.
    None,
    /// So many of the choices, from the first on, stand in the order of growing need; those after them
    /// (判断不能, 行っていない, M) in none.
    First(usize),
    /// Each choice more is more need.
    More,
}

/// One choice of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its code on the wire.
    pub code: &'static str,
    /// Its label, as printed.
    pub label: &'static str,
    /// Whether it excludes all others (ない, 特記すべき項目なし).
    pub alone: bool,
}

impl Table {
    /// Reads a table; its first line names the columns.
    pub(super) fn read(source: &'static str, text: &'static str, complete: bool) -> Self {
        Self { source, complete, fields: text.lines().skip(1).filter_map(field).collect() }
    }

    /// All fields.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of a number.
    pub fn field(&self, number: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.number == number)
    }
}

impl Field {
    /// Its choices in printed order.
    pub fn choices(&self) -> impl Iterator<Item = Choice> + use<> {
        self.choices.split('|').filter_map(|choice| {
            let (code, label) = choice.split_once('=')?;
            let plain = code.strip_prefix('!');
            Some(Choice { code: plain.unwrap_or(code), label, alone: plain.is_some() })
        })
    }

    /// The choice of a code.
    pub fn choice(&self, code: &str) -> Option<Choice> {
        self.choices().find(|choice| choice.code == code)
    }

    /// The place of a code among the choices, from 0.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.choices().position(|choice| choice.code == code)
    }
}

fn field(line: &'static str) -> Option<Field> {
    let mut columns = line.split(',');
    let mut next = || columns.next();
    let (section, number, label, short) = (next()?.parse().ok()?, next()?, next()?, next()?);
    let kind = match next()? {
        "one" => Kind::One,
        "many" => Kind::Many,
        "text" => Kind::Text,
        "date" => Kind::Date,
        "about" => Kind::About,
        _ => return None,
    };
    let unit = next()?;
    let aspect = match next()? {
        "ability" => Some(Aspect::Ability),
        "help" => Some(Aspect::Help),
        "presence" => Some(Aspect::Presence),
        _ => None,
    };
    let order = match next()? {
        "more" => Order::More,
        number => number.parse().map_or(Order::None, Order::First),
    };
    let (choices, source) = (next()?, next()?);
    Some(Field {
        section,
        number,
        label,
        short: if short.is_empty() { label } else { short },
        kind,
        unit,
        aspect,
        order,
        assumed: source != "stated",
        choices,
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Kind, Order, Table, assessment, opinion};
    use std::collections::HashSet;

    /// A reader of CSV of its own sees the same table.
    fn judged(table: &Table, text: &str) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(columns.join(","), "section,number,label,short,kind,unit,aspect,ordered,choices,source");
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), table.fields().len(), "every line is read");
        let mut numbers = HashSet::new();
        for (record, field) in records.iter().zip(table.fields()) {
            assert_eq!((&record[0], &record[1]), (field.section.to_string().as_str(), field.number));
            assert_eq!(&record[2], field.label);
            assert!(numbers.insert(field.number), "{} stands there twice", field.number);
            let choices: Vec<_> = field.choices().collect();
            let expected = if record[8].is_empty() { 0 } else { record[8].split('|').count() };
            assert_eq!(choices.len(), expected, "{}", field.number);
            assert_eq!(choices.is_empty(), !matches!(field.kind, Kind::One | Kind::Many), "{}", field.number);
            let codes: HashSet<_> = choices.iter().map(|choice| choice.code).collect();
            assert_eq!(codes.len(), choices.len(), "{}", field.number);
            for (place, choice) in choices.iter().enumerate() {
                assert!(!choice.code.is_empty() && !choice.label.is_empty());
                assert_eq!(field.choice(choice.code), Some(*choice));
                assert_eq!(field.place(choice.code), Some(place));
                assert!(!choice.alone || field.kind == Kind::Many);
            }
            if let Order::First(many) = field.order {
                assert!(field.kind == Kind::One && (2..=choices.len()).contains(&many), "{}", field.number);
            }
        }
    }

    #[test]
    fn the_tables_are_read_whole() {
        judged(assessment::items(), include_str!("assessment/items.csv"));
        judged(assessment::overview(), include_str!("assessment/overview.csv"));
        judged(opinion::fields(), include_str!("opinion/fields.csv"));
    }

    #[test]
    fn a_label_and_a_choice_as_printed() {
        let field = assessment::items().field("3-8").unwrap();
        assert_eq!((field.label, field.short, field.kind), ("徘徊", "徘徊", Kind::One));
        assert_eq!(field.choice("2").unwrap().label, "ときどきある");
        assert_eq!((field.choice("9"), field.place("9")), (None, None));
        assert!(assessment::items().field("1-1").unwrap().choice("1").unwrap().alone);
        assert_eq!(assessment::items().field("4-15").unwrap().short, "話がまとまらない");
    }
}
