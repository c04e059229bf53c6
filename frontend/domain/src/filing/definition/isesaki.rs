//! 伊勢崎市 (102046): the four forms of its page. What each is for is the city's; the text of the PDFs could
//! not be read, so fields, order and labels are those other cities agree on. Left out: what 津市 alone asks
//! (負担割合証 の交付方法), and the paragraph of consent, which none of the forms read has.

use super::forms::FORMS;
use super::{Enclosure, Exemplar, Version};

const PAGE: &str = "伊勢崎市 https://www.city.isesaki.lg.jp/soshiki/tyozyu/gaigohoken/kyuuhu/11640.html";

/// The forms since 2026.
pub(super) static VERSION: Version = Version {
    id: "102046-2026",
    insurer: Some("102046"),
    from: (2026, 4, 1),
    addressee: "伊勢崎市長",
    source: "伊勢崎市の案内ページ(4つの様式とその対象)。欄・順序・文言は津市・世田谷区の様式から、2市以上に共通するもの。負担割合証の交付方法(津市のみ)と同意文は載せない。適用開始日はこのアプリで使い始めた年度の初日",
    checked: None,
    enclosures: &[
        Enclosure {
            what: "介護保険被保険者証",
            exemplar: Exemplar::Original,
            by_post_only: false,
            by_care_manager_only: false,
            source: PAGE,
        },
        Enclosure {
            what: "介護支援専門員証",
            exemplar: Exemplar::Photocopy,
            by_post_only: true,
            by_care_manager_only: true,
            source: PAGE,
        },
    ],
    forms: &FORMS,
};
