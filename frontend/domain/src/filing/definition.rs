//! A 届出書 as one insurer prints it in one version: which fields in which order, with which labels.
//!
//! There is no national form. Every insurer has its own, and changes it (三郷市: new forms since 令和7年12月), so
//! a form is data with a first day and a source. An insurer without forms of its own here gets a neutral one.
//! None of the definitions has been compared with the city's own PDF yet: [`Version::checked`] says so, and
//! every page made of one is headed 下書き.

mod forms;
mod isesaki;
mod neutral;
mod parts;

use super::{Field, FormKind, Reason};
use crate::calendar::Date;
use crate::number::InsurerNumber;

/// One insurer's forms in one version.
#[derive(Debug, PartialEq, Eq)]
pub struct Version {
    /// Names it for good: insurer and year, `102046-2026`; a filing says which it was made of.
    pub id: &'static str,
    /// 保険者番号; `None` for all without forms of their own.
    pub insurer: Option<&'static str>,
    /// First day, year, month, day.
    pub from: (i32, u8, u8),
    /// あて先; empty where the insurer's name takes its place.
    pub addressee: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// When it was compared with the insurer's own form; `None`: not yet, so it is a 下書き.
    pub checked: Option<&'static str>,
    /// What a filing on paper needs beside the form.
    pub enclosures: &'static [Enclosure],
    /// Its forms.
    pub forms: &'static [Definition],
}

/// One form.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// Which.
    pub form: FormKind,
    /// The title as it is printed.
    pub title: &'static str,
    /// The blocks in printed order.
    pub blocks: &'static [Block],
    /// 事由 to tick; empty where the form asks for it in words.
    pub reasons: &'static [Reason],
    /// 届出文.
    pub sentence: &'static str,
    /// (注意).
    pub notes: &'static [&'static str],
}

/// A block of the form with its heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// Its heading; empty for none.
    pub heading: &'static str,
    /// What is printed below the heading (※ …); empty for nothing.
    pub note: &'static str,
    /// Its fields in printed order.
    pub fields: &'static [Printed],
}

/// A field as it is printed.
#[derive(Debug, PartialEq, Eq)]
pub struct Printed {
    /// Which.
    pub field: Field,
    /// The exact label.
    pub label: &'static str,
    /// Whether the form needs it.
    pub need: Need,
}

/// Whether a field has to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Must,
    /// It may stay empty.
    May,
    /// At a change.
    OnChange,
    /// When an office is entrusted.
    IfEntrusted,
    /// When services of the same month are used.
    IfSameMonth,
}

/// Something that goes with a filing on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enclosure {
    /// What.
    pub what: &'static str,
    /// 原本 or 写し.
    pub exemplar: Exemplar,
    /// Only when it is posted.
    pub by_post_only: bool,
    /// Only when a 介護支援専門員 files for the person.
    pub by_care_manager_only: bool,
    /// Who says so.
    pub source: &'static str,
}

/// The thing itself or a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemplar {
    /// 原本
    Original,
    /// 写し
    Photocopy,
}

/// A form together with the version it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defined {
    /// The version.
    pub version: &'static Version,
    /// The form.
    pub form: &'static Definition,
}

/// All of them. Of one insurer the newest stands first.
pub(super) static VERSIONS: [&Version; 2] = [&isesaki::VERSION, &neutral::VERSION];

/// The form of an insurer that holds on a day; the neutral one where the insurer has none here. `None` only for
/// a form that is not known here.
pub fn definition(insurer: &InsurerNumber, form: FormKind, day: Date) -> Option<Defined> {
    let holds = |version: &Version| {
        Date::new(version.from.0, version.from.1, version.from.2).is_ok_and(|first| first <= day)
    };
    let own = VERSIONS.iter().find(|one| one.insurer == Some(insurer.as_str()) && holds(one));
    of(own.copied().unwrap_or(&neutral::VERSION), form)
}

/// The form a filing was made of, by its [`super::Filing::definition`].
pub fn definition_named(id: &str, form: FormKind) -> Option<Defined> {
    of(VERSIONS.iter().find(|version| version.id == id)?, form)
}

fn of(version: &'static Version, form: FormKind) -> Option<Defined> {
    let form = version.forms.iter().find(|one| one.form == form)?;
    Some(Defined { version, form })
}

impl Version {
    /// Whether what is printed is a 下書き: nobody has compared it with the insurer's own form.
    pub fn is_draft(&self) -> bool {
        self.checked.is_none()
    }
}

impl Definition {
    /// A field of the form.
    pub fn printed(&self, field: Field) -> Option<&'static Printed> {
        self.blocks.iter().flat_map(|block| block.fields).find(|one| one.field == field)
    }

    /// Whether the form has a field.
    pub fn has(&self, field: Field) -> bool {
        self.printed(field).is_some()
    }

    /// The label of a field; its plain name where the form does not print it.
    pub fn label(&self, field: Field) -> &'static str {
        self.printed(field).map_or(field.name(), |one| one.label)
    }
}

#[cfg(test)]
mod tests;
