//! For every insurer without forms of its own here: what is common to the forms read. The insurer's own form
//! goes first where it has another.

use super::forms::FORMS;
use super::{Enclosure, Exemplar, Version};

/// Since the insurance began; it claims nothing about any insurer.
pub(super) static VERSION: Version = Version {
    id: "common-2026",
    insurer: None,
    from: (2000, 4, 1),
    addressee: "",
    source: "津市・世田谷区の様式から、2市以上に共通する欄と文言。様式名は伊勢崎市の4つに合わせた。市町村ごとに様式が違うため、提出先の様式を優先する",
    checked: None,
    enclosures: &[Enclosure {
        what: "介護保険被保険者証",
        exemplar: Exemplar::Original,
        by_post_only: false,
        by_care_manager_only: false,
        source: "伊勢崎市・三郷市・品川区・日光市の案内(三郷市・品川区は、付けられないときは省略できる)",
    }],
    forms: &FORMS,
};
