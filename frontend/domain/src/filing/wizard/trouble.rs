//! What is wrong with an answer.

use crate::calendar::DateError;
use crate::filing::Field;
use crate::filing::compare::Found;
use crate::filing::file::MayNot;
use crate::number::NumberError;

/// One thing that is wrong, or odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// Of which field.
    pub field: Field,
    /// What.
    pub why: Why,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing is answered.
    Missing,
    /// It may hold a 個人番号, which is neither asked nor kept.
    MyNumber,
    /// It is no such number.
    Number(NumberError),
    /// It is no day.
    Day(DateError),
    /// The day is still to come.
    ToCome,
    /// It is none of the choices.
    NoChoice,
    /// It is too long.
    TooLong {
        /// Characters it may have.
        most: usize,
    },
    /// It holds a character that cannot be printed.
    Control,
    /// It is no 電話番号: ten or eleven digits from 0 on.
    Phone,
    /// It is no 郵便番号: seven digits.
    Postal,
    /// フリガナ that is not all in kana.
    NotKana,
    /// Under 40, nobody is insured.
    Under40,
    /// The papers are not enough: one with a photograph, or two others.
    Papers,
    /// 本人 files, but under another name.
    NotThePerson,
    /// This account may not file so.
    MayNot(MayNot),
    /// The register says otherwise.
    Found(Found),
}

impl Why {
    /// Whether a person may say that it is right as it is.
    pub fn may_be_confirmed(self) -> bool {
        // What the register says may be old, and a rule of another city may not hold here.
        matches!(self, Self::NotKana | Self::Under40 | Self::NotThePerson | Self::Found(_))
    }

    /// A stable name, by which the words are found.
    pub fn code(&self) -> &str {
        match self {
            Self::Missing => "missing",
            Self::MyNumber => "my_number",
            Self::Number(_) => "number",
            Self::Day(_) => "day",
            Self::ToCome => "to_come",
            Self::NoChoice => "no_choice",
            Self::TooLong { .. } => "too_long",
            Self::Control => "control",
            Self::Phone => "phone",
            Self::Postal => "postal",
            Self::NotKana => "not_kana",
            Self::Under40 => "under_40",
            Self::Papers => "papers",
            Self::NotThePerson => "not_the_person",
            Self::MayNot(why) => why.code(),
            Self::Found(found) => found.code(),
        }
    }
}

impl Trouble {
    /// By which its confirmation is kept.
    pub fn key(&self) -> String {
        [self.field.code(), self.why.code()].join(":")
    }
}
