//! 送付状: what goes along with a form on paper.

use crate::filing::definition::{Defined, Exemplar};
use crate::filing::{FilerRelation, Filing};

/// How the paper goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 窓口.
    Counter,
    /// 郵送.
    Post,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// To whom.
    pub to: String,
    /// From whom: 事業所 and name of whoever files.
    pub from: [String; 2],
    /// What is enclosed, the form first.
    pub enclosed: Vec<Enclosed>,
    /// What could not be known: to be asked of the insurer. Words for the page.
    pub ask: &'static [&'static str],
}

/// One thing that is enclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enclosed {
    /// What.
    pub what: &'static str,
    /// 原本 or 写し; the form itself is neither.
    pub exemplar: Option<Exemplar>,
    /// How many sheets.
    pub count: u8,
    /// Who says so.
    pub source: &'static str,
}

/// What no source says of this insurer.
const ASK: &[&str] = &[
    "市町村の様式と、この用紙の欄が同じか",
    "被保険者証を返してもらう方法(返信用封筒が要るか)",
    "被保険者証を付けられないときの扱い",
    // 山梨市 takes the person's own 被保険者証 for the authority; others ask for a 委任状.
    "代わりの方が届け出るときに、委任状が要るか",
];

/// What is enclosed with a filing.
pub fn cover(of: Defined, filing: &Filing, insurer: &str, way: Way) -> Cover {
    let relation = filing.filer.relation;
    let form = Enclosed { what: of.form.title, exemplar: None, count: 1, source: of.version.source };
    let due = of.version.enclosures.iter().filter(|one| {
        (way == Way::Post || !one.by_post_only)
            && (relation == FilerRelation::CareManager || !one.by_care_manager_only)
    });
    let enclosed: Vec<Enclosed> = std::iter::once(form)
        .chain(due.map(|one| Enclosed {
            what: one.what,
            exemplar: Some(one.exemplar),
            count: 1,
            source: one.source,
        }))
        .collect();
    let office = if relation.is_office() { filing.office.name.clone() } else { String::new() };
    Cover {
        to: super::addressee(of.version.addressee, insurer),
        from: [office, filing.filer.name.clone()],
        enclosed,
        ask: ASK,
    }
}
