//! docs/filing.md, made from the definitions and the rules.

use super::compare::{Check, Found};
use super::definition::{Defined, Need, VERSIONS, Version};
use super::due::{CLAIM_SOURCES, DueKind, FULL_PAY_SOURCES, PROVISIONAL_SOURCE, SELF_PLAN_SOURCE, Settings};
use super::{Shape, choose, file, identity};
use crate::qualification::CareLevel;
use std::fmt::Write;

const HEAD: &str = "# 届出: forms and rules

Made from `frontend/domain/src/filing`; a test compares. There is no national form: each insurer has its own and \
changes it, so a form is data with a first day and a source. What no source says is a setting, or named here as an \
assumption. No form here has been compared with the city's own PDF yet, so each is headed 下書き.

No form has boxes for the 個人番号: it is neither asked nor kept, a text of twelve digits is refused in every field, \
and a draft does not keep one. Cities take the form without it \
(<https://www.city.yamanashi.yamanashi.jp/soshiki/14/11626.html>).
";

fn need(need: Need) -> &'static str {
    match need {
        Need::Must => "必須",
        Need::May => "任意",
        Need::OnChange => "変更のとき必須",
        Need::IfEntrusted => "受託があるとき必須",
        Need::IfSameMonth => "利用ありのとき必須",
    }
}

fn shape(shape: Shape) -> String {
    match shape {
        Shape::Line { most } | Shape::Kana { most } => format!("1行、{most}字まで"),
        Shape::Text { most } => format!("文、{most}字まで"),
        Shape::Digits { boxes } => format!("{boxes}桁"),
        Shape::Phone => "電話番号".into(),
        Shape::Postal => "郵便番号".into(),
        Shape::Date => "日付".into(),
        Shape::Choice | Shape::YesNo | Shape::Codes => "選択".into(),
        Shape::Hidden => "—".into(),
    }
}

fn version(text: &mut String, version: &'static Version) {
    let (year, month, day) = version.from;
    let insurer = version.insurer.unwrap_or("その他すべて");
    let checked = version.checked.unwrap_or("no");
    let _ = write!(
        text,
        "\n## {} (保険者番号: {insurer})\n\nFrom {year}-{month:02}-{day:02}. Checked against the insurer's own form: \
        {checked}. Source: {}.\n",
        version.id, version.source
    );
    for enclosure in version.enclosures {
        let _ = write!(text, "\n- 添付: {} ({:?})", enclosure.what, enclosure.exemplar);
        text.push_str(if enclosure.by_post_only { "、郵送のとき" } else { "" });
        text.push_str(if enclosure.by_care_manager_only {
            "、介護支援専門員の代行のとき"
        } else {
            ""
        });
        let _ = write!(text, " — {}", enclosure.source);
    }
    text.push('\n');
}

fn form(text: &mut String, of: Defined) {
    let _ = writeln!(text, "\n### {}\n\n| 欄 | 書き方 | |\n|---|---|---|", of.form.title);
    for block in of.form.blocks {
        if !block.heading.is_empty() {
            let _ = writeln!(text, "| **{}** | | |", block.heading);
        }
        for one in block.fields {
            let _ = writeln!(text, "| {} | {} | {} |", one.label, shape(one.field.shape()), need(one.need));
        }
    }
    let reasons: Vec<&str> = of.form.reasons.iter().map(|reason| reason.name()).collect();
    if !reasons.is_empty() {
        let _ = writeln!(text, "\n事由: {}", reasons.join(" / "));
    }
    let _ = writeln!(text, "\n届出文: {}", of.form.sentence);
}

fn rules(text: &mut String) {
    let _ = write!(
        text,
        "\n## Who files\n\nAssumption: {}. Said by the municipality: {}. 本人確認 by papers: one with a photograph, or two \
        others ({}).\n\n## Which form\n\nBy level and plan office ({}). 事業対象者 gets no 予防給付, so only the form of \
        介護予防ケアマネジメント. While a decision is awaited the forms for both groups may be filed (河内長野市), marked as \
        暫定.\n\n## Checks\n\nThe office runs them on its draft, where each can be confirmed with a reason in view; the clerk \
        runs them on what came.\n\n| what is looked at | |\n|---|---|\n",
        file::ASSUMPTION,
        file::SOURCE,
        identity::SOURCE,
        choose::SOURCE,
    );
    for check in Check::ALL {
        let _ = writeln!(text, "| {} | `{}` |", check.name(), check.code());
    }
    text.push_str("\n| what is found | |\n|---|---|\n");
    for found in Found::ALL {
        let _ = writeln!(text, "| {} | `{}` |", found.name(), found.code());
    }
    let settings = Settings::default();
    let _ = write!(
        text,
        "\n## When it is due\n\n| why | source |\n|---|---|\n{}\nSetting: {} days after the result for a provisional filing \
        that turned out otherwise ({PROVISIONAL_SOURCE}).\n\n## What a late filing costs\n\n- Filed by the end of the month \
        services begin in, that month is claimed in the next one; later, 月遅れ by as many months ({}).\n- Nothing is filed \
        for days gone by: they count as セルフプラン ({SELF_PLAN_SOURCE}). What other insurers do is not known.\n- Without \
        a filing the person pays all first ({}).\n- Opening days of the counter are a setting: Saturdays, Sundays and \
        December 29 to January 3 are closed by default (assumption); 国民の祝日 are entered by the office and said to be \
        missing where they are not. 我孫子市 asks for the day before the last opening day.\n",
        dues(),
        settings.provisional_days,
        CLAIM_SOURCES.join("; "),
        FULL_PAY_SOURCES.join("; "),
    );
}

fn dues() -> String {
    let to = CareLevel::Care1;
    let all = [
        (DueKind::Returned, "sent back (差戻し)"),
        (DueKind::ProvisionalDiffers { to }, "the result is other than filed provisionally"),
        (DueKind::LevelCrossed { to }, "要支援⇔要介護"),
        (DueKind::Moved, "another insurer (転居)"),
        (DueKind::NoPlanOffice, "no plan office on the 被保険者証"),
        (DueKind::BeforeDecision, "care before the decision (to know)"),
        (DueKind::OtherOffice, "another plan office on the 被保険者証 (to know)"),
    ];
    all.iter().map(|(kind, why)| format!("| {why} | {} |\n", kind.source())).collect()
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    for one in VERSIONS {
        version(&mut text, one);
        // The forms of a version that only has those of another are not said twice.
        if one.insurer.is_none() {
            for form_of in one.forms {
                form(&mut text, Defined { version: one, form: form_of });
            }
        } else if VERSIONS.iter().any(|other| other.insurer.is_none() && other.forms == one.forms) {
            text.push_str("\nThe four forms as for all others, below.\n");
        }
    }
    rules(&mut text);
    text
}

#[test]
fn the_document_says_the_same() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/filing.md");
    let document = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &document).expect("docs/filing.md can be written");
    }
    let written = std::fs::read_to_string(path).expect("docs/filing.md is there");
    assert_eq!(written, document, "run: UPDATE_DOCS=1 cargo test -p kakehashi-domain");
}
