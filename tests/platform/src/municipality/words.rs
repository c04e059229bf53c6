//! What is looked for in the queue.

use kakehashi_domain::search::normal;

/// 氏名, フリガナ and 被保険者番号 in normal form, each on a line of its own.
pub(crate) fn words(name: &str, kana: &str, insured: &str) -> String {
    [normal(name), normal(kana), normal(insured)].join("\n")
}
