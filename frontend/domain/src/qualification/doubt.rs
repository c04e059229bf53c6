//! What in a record cannot be, or is worth a second look. The raw value is shown all the same: a doubt
//! stands beside it and never in its place.

mod check;
mod text;

pub use check::{certificate, copayment, equipment, history, housing, limit, odd, person, sheet};
pub use text::has_substitute;

use super::{CareLevel, Period};
use crate::calendar::Date;

/// One doubt with the raw values it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// 生年月日 lies after today.
    BornLater(Date),
    /// Older than 120 years.
    TooOld {
        /// 生年月日.
        born: Date,
        /// Age today.
        age: i32,
    },
    /// It cannot be read; the rest stands without it.
    Unreadable {
        /// What, by its official name.
        what: &'static str,
        /// As it came.
        raw: String,
    },
    /// A name, kana or date is missing.
    Missing(Field),
    /// A name is longer than the forms hold (80 characters).
    Long {
        /// Which.
        field: Field,
        /// Characters it has.
        characters: usize,
    },
    /// Characters that other systems cannot read: 外字, control characters, chosen variants.
    Characters {
        /// Which.
        field: Field,
        /// The characters.
        found: String,
    },
    /// A code nobody here knows.
    UnknownCode {
        /// Which.
        field: Field,
        /// As it came.
        raw: String,
    },
    /// The end lies before the beginning.
    EndBeforeStart {
        /// Which.
        field: Field,
        /// As it came.
        period: Period,
    },
    /// A day that should lie behind us does not.
    Later {
        /// Which.
        field: Field,
        /// As it came.
        on: Date,
    },
    /// Two rows claim the same days. Of the rows of one 負担割合証 the one that begins later is taken, of two
    /// certificates the one registered later.
    Overlap {
        /// Which.
        field: Field,
        /// One.
        first: Period,
        /// The other.
        second: Period,
    },
    /// 認定の有効期間 does not end at a month's end.
    EndsWithinMonth(Period),
    /// 認定の有効期間 is longer than 48 months and the rest of the first.
    TooLong(Period),
    /// Decided, but no level is registered.
    NoLevel,
    /// 区分支給限度基準額 is not that of the level.
    Units {
        /// The level.
        level: CareLevel,
        /// As it came.
        units: u32,
        /// As the table has it; `None` for none.
        usual: Option<u32>,
    },
    /// A share that is none of 1割 to 3割.
    Tenths(u8),
    /// The share of days gone by was changed (遡及変更): what was claimed for them may be wrong.
    ShareChanged {
        /// The days.
        period: Period,
        /// What was known before; `None` for nothing.
        was: Option<u8>,
        /// What is known now; `None` for nothing.
        is: Option<u8>,
    },
    /// An amount of a 負担限度額認定証 is not that of the table.
    Amount {
        /// Food or kind of room.
        what: &'static str,
        /// As it came, yen.
        yen: u32,
        /// As the table has it, yen.
        usual: u32,
    },
    /// More was used than there is.
    Over {
        /// Dwelling, or 福祉用具購入費.
        what: String,
        /// Used, yen.
        used: u32,
        /// The ceiling, yen.
        limit: u32,
    },
    /// A stay ends before it begins.
    LeftBeforeEntered {
        /// The facility.
        name: String,
        /// 入所等年月日.
        entered: Date,
        /// 退所等年月日.
        left: Date,
    },
    /// Several dwellings are the present one.
    SeveralHomes(usize),
    /// Payments, but no base level for the 3段階リセット.
    NoBase(String),
    /// A purchase outside the fiscal year of its record.
    OutsideYear {
        /// 種目.
        item: String,
        /// 購入日.
        on: Date,
        /// 年度 of the record.
        fiscal_year: i32,
    },
}

/// What a doubt is about, by its official name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// 氏名
    Name,
    /// フリガナ
    Kana,
    /// 生年月日
    BirthDate,
    /// 性別
    Sex,
    /// 要介護状態区分
    Level,
    /// 認定状況
    State,
    /// 認定の有効期間
    Validity,
    /// 給付制限
    Restriction,
    /// 給付制限の期間
    RestrictionPeriod,
    /// 交付年月日
    IssuedOn,
    /// 認定年月日
    CertifiedOn,
    /// 負担割合の適用期間
    SharePeriod,
    /// 負担限度額の適用の期間
    LimitPeriod,
    /// 利用者負担段階
    Stage,
    /// 居室の種類
    Room,
    /// 着工日
    StartedOn,
    /// 購入日
    BoughtOn,
}

impl Field {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "氏名",
            Self::Kana => "フリガナ",
            Self::BirthDate => "生年月日",
            Self::Sex => "性別",
            Self::Level => "要介護状態区分",
            Self::State => "認定状況",
            Self::Validity => "認定の有効期間",
            Self::Restriction => "給付制限",
            Self::RestrictionPeriod => "給付制限の期間",
            Self::IssuedOn => "交付年月日",
            Self::CertifiedOn => "認定年月日",
            Self::SharePeriod => "適用期間",
            Self::LimitPeriod => "適用の期間",
            Self::Stage => "利用者負担段階",
            Self::Room => "居室の種類",
            Self::StartedOn => "着工日",
            Self::BoughtOn => "購入日",
        }
    }
}
