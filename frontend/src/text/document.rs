//! Words of the page 書類.

use super::format::grouped;
use domain::document::assessment::{Change, Why};
use domain::document::{Aspect, Doubt, Judgement};

catalogue! {
    /// Words of the page 書類.
    Document, document {
        title: "書類",
        lead: "要介護認定のもとになった書類です。",
        waiting: "書類を照会しています",
        opening: "書類を開いています",
        to_person: "この人の画面へ",
        none: "書類はありません。",
        none_why: "保険者がまだ書類を登録していないか、認定の記録がありません。",
        closed: "開けません",
        content: "内容を見る",
        original: "原本(PDF)を見る",
        no_original: "原本のPDFはありません",
        close: "書類を閉じる",
        print: "印刷",
        recorded: "書類を見ると、だれが、いつ、どの書類を見たかが記録に残ります。",
        put_away: "書類を閉じました",
        put_away_mask: "操作がなかったため、画面を隠したときに閉じました。",
        put_away_until: "見てよい期限になったため、閉じました。",
        put_away_consent: "この人の情報を見る根拠が変わったため、閉じました。一覧を照会し直します。",
        surveyed: "調査日",
        written: "記入日",
        judged: "判定日",
        changed_only: "変わったところだけ",
        all_same: "前回と変わったところはありません。",
        no_previous: "前回の認定調査票がないため、比べていません。",
        previous_closed: "前回の認定調査票は開けないため、比べていません。",
        reading: "「重くなった」「軽くなった」は、調査票の選択肢の順に比べたものです。要介護度は審査会が決めます。",
        before: "前回",
        not_answered: "記入なし",
        unknown_code: "この画面の知らない番号です",
        overview: "概況調査",
        items: "基本調査",
        notes: "特記事項",
        loose_notes: "項目の番号がない特記事項",
        warnings: "まれな組み合わせ(警告コード)",
        warnings_why: "誤りではありません。もう一度確かめるための印です。",
        strays: "この画面の知らない項目",
        assumed: "特別な医療の「ある・ない」の番号は、公表された一覧がないため、この画面の前提(1=ある、0=ない)で読んでいます。",
        consent: "主治医の同意",
        consent_none: "記入なし(同意がないものとして扱います)",
        empty_fields: "記入のない欄",
        underlined: "特に必要性が高い",
        not_known: "記録がありません",
        first: "一次判定(コンピュータによる判定)",
        no_first: "一次判定の記録は届いていません。",
        first_on: "一次判定年月日",
        first_level: "一次判定の結果",
        time: "要介護認定等基準時間",
        acts: "行為区分ごとの時間",
        acts_differ: "合計が基準時間と合いません。保険者に確かめてください",
        stability: "状態の安定性",
        benefit: "推定される給付区分",
        second: "二次判定(介護認定審査会の判定)",
        committee_on: "審査会の開催日",
        level: "要介護状態区分等",
        validity: "認定の有効期間",
        result: "判定の結果",
        dismissed_because: "却下の理由",
        decided_on: "決定した日",
        changed_because: "一次判定の結果を変えた理由",
        committee_opinion: "認定審査会の意見及びサービスの種類の指定",
        judgement_reading: "基準時間は、介護にかかる手間を1日あたりの分で表したものです。実際の介護の時間ではありません。「記録がありません」とある欄は、保険者から届いていません。",
        page: "ページ",
        page_of: "ページを選ぶ",
        go: "移動",
        earlier: "前のページ",
        later: "次のページ",
        smaller: "小さく",
        larger: "大きく",
        drawing: "ページを描いています",
        original_help: "矢印キーでページをめくり、「+」と「-」で大きさを変えられます。印刷は、いま見えているページだけです。",
        original_safe: "PDFの中のプログラム・リンク・入力欄は働きません。このパソコンには保存しません。",
        pdf_unreadable: "このPDFは壊れているため、原本を表示できません",
        pdf_locked: "このPDFにはパスワードがかかっているため、表示できません",
        pdf_pages: "このPDFにはページがないか、多すぎるため、表示できません",
        pdf_failed: "原本を描く途中で止まりました",
        pdf_changed: "届いた原本が、保険者の記録と一致しません",
        pdf_next: "「内容を見る」で、書類の内容は読めます。原本が要るときは、保険者に出し直しを頼んでください。",
        blank: "このページは描けません。ほかのページは見られます。",
    }
}

/// 一次判定の要介護1から、審査会で要介護2に変わりました。
pub fn changed(judgement: &Judgement) -> Option<String> {
    let (first, second) = (judgement.first.as_ref()?.level?, judgement.level()?);
    Some(match judgement.changed()? {
        true => ["一次判定の", first.name(), "から、審査会で", second.name(), "に変わりました。"].concat(),
        false => ["一次判定も審査会の判定も、", second.name(), "です。"].concat(),
    })
}

/// The official name; of a code nobody here knows the code too.
pub fn code(name: &'static str, unknown: Option<&str>) -> String {
    unknown.map_or_else(|| name.to_owned(), |code| [name, " ", code].concat())
}

/// 30ページ
pub fn pages(many: u32) -> String {
    grouped(u64::from(many)) + document().page
}

/// 前回から:重くなった 3、軽くなった 1、変わった 2、比べられない 1
pub fn summary(worse: usize, better: usize, other: usize, open: usize) -> String {
    let parts: Vec<String> = [
        (worse, change(Change::Worse)),
        (better, change(Change::Better)),
        (other, change(Change::Other)),
        (open, "比べられない"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| words.to_owned() + " " + &count.to_string())
    .collect();
    if parts.is_empty() {
        document().all_same.to_owned()
    } else {
        "前回から:".to_owned() + &parts.join("、")
    }
}

/// What has become of an item.
pub fn change(change: Change) -> &'static str {
    match change {
        Change::Better => "軽くなった",
        Change::Worse => "重くなった",
        Change::Other => "変わった",
        Change::Same => "同じ",
        Change::NotComparable(Why::OtherForm) => "様式の版が違うため比べられない",
        Change::NotComparable(Why::NotBefore) => "前回は記入なし",
        Change::NotComparable(Why::NotNow) => "今回は記入なし",
        Change::NotComparable(Why::Doubtful) => "読み取れないため比べられない",
    }
}

/// What is odd about a field.
pub fn doubt(doubt: Doubt) -> String {
    match doubt {
        Doubt::Missing => document().not_answered.to_owned(),
        Doubt::Unknown(code) => document().unknown_code.to_owned() + ":" + code.as_str(),
        Doubt::Several => "1つだけ選ぶ項目に、いくつも選ばれています".to_owned(),
        Doubt::NoneWithOthers => "「ない」とほかの選択肢が、いっしょに選ばれています".to_owned(),
        Doubt::NotADay => "日付として読めません".to_owned(),
        Doubt::Twice => "同じ項目が2回あります(はじめのものを表示)".to_owned(),
    }
}

/// 能力
pub fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Ability => "能力",
        Aspect::Help => "介助の方法",
        Aspect::Presence => "有無",
    }
}

/// 3ページ目(全300ページ)
pub fn page_of(page: usize, many: usize) -> String {
    grouped(page as u64) + "ページ目(全" + &grouped(many as u64) + "ページ)"
}

/// 150%
pub fn zoom(percent: u32) -> String {
    percent.to_string() + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_results_are_said_only_when_both_are_known() {
        use domain::certification::Outcome;
        use domain::document::judgement::{FirstJudgement, SecondJudgement};
        use domain::qualification::CareLevel;
        let outcome = Outcome::NotCertified { on: domain::calendar::Date::from_day_number(20_000) };
        let second = SecondJudgement { committee_on: None, outcome, changed_because: None, opinion: None };
        let judged = |level| {
            let first = Some(FirstJudgement { level, ..FirstJudgement::default() });
            changed(&Judgement { first, second: second.clone() })
        };
        assert_eq!(judged(None), None);
        assert_eq!(judged(Some(CareLevel::None)).unwrap(), "一次判定も審査会の判定も、非該当です。");
        let said = judged(Some(CareLevel::Support1)).unwrap();
        assert_eq!(said, "一次判定の要支援1から、審査会で非該当に変わりました。");
    }

    #[test]
    fn only_what_there_is_is_counted() {
        assert_eq!(summary(3, 1, 0, 0), "前回から:重くなった 3、軽くなった 1");
        assert_eq!(summary(0, 0, 0, 0), "前回と変わったところはありません。");
        assert_eq!(code("不明", Some("26")), "不明 26");
        assert_eq!(page_of(3, 1_200), "3ページ目(全1,200ページ)");
    }
}
