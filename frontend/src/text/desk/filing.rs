//! Words of 届出 on the municipality's desk.

use crate::text::format::time;
use domain::calendar::Time;
use domain::filing::compare::{Finding, Found, Severity};
use domain::filing::{Confirmation, Confirmer, FilingNumber, FormKind, Identity};
use domain::upstream::{FilingEntry, FilingStep, InboxOpened};

catalogue! {
    /// Words of 届出 on the municipality's desk.
    DeskFiling, desk_filing {
        title: "届出(計画作成の依頼)",
        waiting: "届出の一覧を照会しています",
        search: "氏名・フリガナ・被保険者番号・受付番号",
        state: "状態",
        undecided: "確認待ち",
        form: "様式",
        none: "あてはまる届出はありません。",
        none_why: "条件を変えるか、やめてください。受理・差戻しをした届出は、状態を選ぶと出ます。",
        empty: "確認待ちの届出はありません。",
        empty_why: "事業所が提出した届出と、ここで入力した紙の届出が、受け付けた順に出ます。",
        paper: "紙の届出を入力",
        received: "受付",
        category: "区分",
        office: "計画を作る事業所",
        starts: "有効開始日",
        way: "方法",
        person: "被保険者",
        no_person: "(氏名なし)",

        one: "届出の確認",
        opening: "届出と台帳を照会しています",
        gone: "この届出は、この画面で開いていません",
        gone_why: "画面を読み込み直すと、開いていた届出は閉じます。一覧からもう一度開いてください。",
        back: "届出の一覧へ",
        number: "受付番号",
        filed_on: "届出年月日",
        by: "扱った人",
        old_kept: "前に照会した内容を表示しています。",
        reload: "読み込み直す",
        evidence: "証拠の書類",
        findings: "台帳との照合",
        findings_more: "今日の台帳と比べました。判断は、市町村が行います。",
        good: "問題なし",
        open: "確かめていないこと",
        source: "もと:",
        identity: "本人確認と本人の確認",
        identity_none: "紙の届出です。本人確認の記録はありません。",
        as_filed: "届け出られた内容",
        steps: "これまで",
        before: "この届出が差し替える届出",
        after: "この届出を差し替えた届出",
        others: "この方のほかの届出",
        others_none: "確認待ちまたは受理の届出は、ほかにありません。",

        decide: "確認の結果",
        now: "被保険者証にいま載っている事業所",
        day_of_paper: "紙を受け付けた日",
        nobody: "なし",
        own_plan: "自己作成",
        will: "受理すると、被保険者証に次のとおり載ります。",
        will_not: "この方の被保険者証が登録されていません。受理しても、証には載りません。",
        looked: "照合の結果を確かめました。このまま受理します。",
        looked_missing: "受理するときは、照合の結果を確かめて、しるしをつけてください",
        accept: "受理する",
        accepting: "受理しています",
        reason: "差し戻す理由",
        reason_support: "提出した事業所に、このまま伝わります。何をどう直すかを書いてください。400文字までです。",
        reason_missing: "差し戻す理由を書いてください",
        reason_long: "差し戻す理由は、400文字までにしてください",
        reasons: "理由の例(押すと書き加えます)",
        return_: "差し戻す",
        returning: "差し戻しています",
        accepted: "受理しました",
        accepted_on: "被保険者証に、計画を作る事業所と届出年月日が載りました。",
        accepted_off: "被保険者証が登録されていないため、証には載っていません。",
        returned: "差し戻しました",
        returned_more: "理由は、提出した事業所の届出のページに出ます。直した届出は、新しい受付番号で届き、この届出とつながります。",
        conflict: "ほかの人が先に扱いました。あなたの操作は行われていません",
        conflict_more: "いまの状態を下に表示しています。書いた理由は残っています。",
        unsure: "行われたかどうか、まだわかりません。もう一度押すか、読み込み直して確かめてください。二重に行われることはありません。",
        paper_return: "紙の届出です。差し戻すことは、届け出た方に電話や郵便で伝えてください。",

        entry: "紙の届出を入力",
        entry_lead: "窓口または郵送で受け付けた届出書を見ながら入力します。入力すると、オンラインの届出と同じ一覧に、確認待ちとして入ります。",
        entry_number: "個人番号(マイナンバー)の欄は写さないでください。入力する欄もありません。",
        reception: "受付",
        received_on: "受付日",
        way_label: "受け付けた方法",
        identity_way: "本人確認",
        identity_way_support: "何か見せてもらったときは、選んでください。",
        not_shown: "見せてもらっていない",
        shown: "書類を見て確認した",
        enter: "入力する",
        entering: "入力しています",
        entered: "紙の届出を入力しました",
        entered_more: "続けて、台帳との照合を確かめて、受理または差戻しをしてください。",
        discard: "書いた内容を消す",
        not_entered: "まだ入力されていません",
        not_entered_more: "書いた内容は残っています。もう一度押しても、届出が2つになることはありません。",
        look_again: "確かめてください",
    }
}

/// The form by a name short enough for a list.
pub const fn form(form: FormKind) -> &'static str {
    match form {
        FormKind::HomeCare => "居宅サービス計画",
        FormKind::SmallMulti => "小規模多機能型居宅介護",
        FormKind::NursingSmallMulti => "看護小規模多機能型居宅介護",
        FormKind::Preventive => "介護予防サービス計画・ケアマネジメント",
        FormKind::Unknown(_) => "ほかの様式",
    }
}

/// How much a finding stands in the way.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Hinders => "このままでは受理できません",
        Severity::Look => "確かめてください",
        Severity::Open => "確かめていません",
        Severity::Fine => "問題なし",
    }
}

/// What an office may be told of a finding, as a reason to begin with.
pub fn reason_of(finding: &Finding) -> Option<String> {
    if !matches!(finding.severity, Severity::Hinders | Severity::Look) {
        return None;
    }
    let mend = match finding.found {
        Found::FormOfOther => "認定区分に合う様式で出し直してください。",
        Found::OpenFiling | Found::SameFiling => "どの届出を残すかを、知らせてください。",
        Found::PapersTooFew => "写真のある書類1点、またはない書類2点で、本人を確かめてください。",
        _ => "確かめて、直して出し直してください。",
    };
    Some([finding.found.name(), "。", mend].concat())
}

/// Reasons that need no finding.
pub const USUAL: [&str; 3] = [
    "事業所番号と事業所名が合いません。確かめて、直して出し直してください。",
    "本人または家族から、届け出ていないとの申し出がありました。本人に確かめてください。",
    "市町村から電話で確かめた内容に直して、出し直してください。",
];

/// How it was made sure who the person is.
pub fn identity(identity: &Identity) -> String {
    match identity {
        Identity::Card { .. } => "本人のマイナンバーカード(利用者証明用)で確認".to_owned(),
        Identity::Papers { seen, at } => {
            let papers: Vec<&str> = seen.iter().map(|paper| paper.name()).collect();
            ["書類を見て確認:", &papers.join("、"), "(", &time(*at), ")"].concat()
        }
    }
}

/// Who saw the filled form and agreed to it.
pub fn confirmation(confirmation: &Confirmation) -> String {
    let who = match &confirmation.by {
        Confirmer::Person => "本人".to_owned(),
        Confirmer::Representative { name, relation } => [name.as_str(), "(", relation.name(), ")"].concat(),
    };
    ["内容を見て確かめた方:", &who, "(", &time(confirmation.at), ")"].concat()
}

/// One step: when, what, who, why.
pub fn step(step: &FilingStep) -> String {
    let reason = step.reason.as_deref().map(|reason| ["。理由:", reason].concat()).unwrap_or_default();
    let certificate = if step.on_certificate { "。被保険者証に載りました" } else { "" };
    [&time(step.at), " ", step.state.name(), " ", &step.by, &reason, certificate].concat()
}

/// Another filing in a line.
pub fn other(entry: &FilingEntry) -> String {
    [
        entry.number.0.as_str(),
        " ",
        entry.state.name(),
        " ",
        &entry.office_name,
        " 開始 ",
        &entry.start_on.wareki(),
    ]
    .concat()
}

/// 受付番号 of a filing somewhere in the chain.
pub fn numbered(number: &FilingNumber) -> String {
    ["受付番号 ", &number.0].concat()
}

/// What others did first: 石井 浩さんが、令和8年11月22日 14:05に受理しました。
pub fn first(opened: &InboxOpened) -> String {
    let Some(step) = opened.entry.steps.last() else { return String::new() };
    let reason = step.reason.as_deref().map(|reason| ["理由:", reason].concat()).unwrap_or_default();
    [&step.by, "さんが、", &time(step.at), "に「", step.state.name(), "」にしました。", &reason].concat()
}

/// 3日前, 今日
pub fn waited(at: Time, now: Time) -> String {
    match at.date().days_until(now.date()) {
        ..=0 => "今日".to_owned(),
        days => [&days.to_string(), "日前"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::filing::compare::Check;
    use domain::filing::{Field, IdPaper};

    #[test]
    fn a_finding_that_stands_in_the_way_offers_a_reason_and_no_other_does() {
        let mut finding = Finding {
            check: Check::Level,
            found: Found::FormOfOther,
            severity: Severity::Hinders,
            field: Field::Form,
            source: "",
        };
        let said = reason_of(&finding).unwrap();
        assert!(said.starts_with(Found::FormOfOther.name()) && said.ends_with("出し直してください。"));
        finding.severity = Severity::Open;
        assert_eq!(reason_of(&finding), None);
        assert!(USUAL.iter().all(|one| one.chars().count() <= 400));
    }

    #[test]
    fn identity_names_what_was_seen() {
        let seen = vec![IdPaper::DriversLicence, IdPaper::Passport];
        let said = identity(&Identity::Papers { seen, at: Time(0) });
        assert!(said.contains("運転免許証、旅券") && said.contains("(昭和45年1月1日 9:00)"), "{said}");
        assert!(!identity(&Identity::Card { transaction: "secret".into() }).contains("secret"));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(waited(Time(14 * 3600), Time(16 * 3600)), "1日前", "midnight in Japan lies between");
        assert_eq!(waited(Time(16 * 3600), Time(14 * 3600)), "今日");
    }
}
