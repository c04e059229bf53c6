//! People with something the matter with their papers: what a viewer must survive, and a doctor who said no.

use super::case_papers as make;
use super::cases::{Case, Earlier, case};
use super::papers::Papers;
use super::random::Random;
use crate::document::Original;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::CareLevel;

/// All of them.
pub(super) static ALL: [Case; 4] = [
    Case { original: Original::Long, ..case("書類の原本が300ページある人", care3) },
    Case { original: Original::Broken, ..case("書類の原本が壊れている人", care2) },
    Case {
        original: Original::Scripted, ..case("書類の原本にスクリプトが入っている人", care2)
    },
    Case { doctor_agrees: false, ..case("主治医が意見書の利用に同意していない人", care3) },
];

fn care2(_: &mut Random, today: Date) -> (Papers, Earlier) {
    (make::plain(CareLevel::Care2, (24, 14), today), Earlier::default())
}

fn care3(_: &mut Random, today: Date) -> (Papers, Earlier) {
    (make::plain(CareLevel::Care3, (12, 8), today), Earlier::default())
}
