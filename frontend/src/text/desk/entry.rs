//! Words of the clerk's sheet of one case.

use super::fact;
use crate::text::format;
use domain::calendar::Time;
use domain::certification::Contradiction;

catalogue! {
    /// Words of the clerk's sheet.
    Entry, entry {
        title: "認定の入力",
        gone: "この申請は、この画面に残っていません。",
        gone_why: "ページを読み込み直すと、安全のため個人の情報は消えます。受付の一覧から、もう一度選んでください。",
        back: "受付の一覧へ",
        case_no: "申請番号",
        insured: "被保険者番号",
        born: "生年月日",
        application: "申請",
        stage: "段階",
        waited: "経過",
        changed: "最後の入力",
        item: "項目",
        standing: "いまの値",
        take_back: "を取り消す",
        none: "未入力",
        history: "これまでの入力",
        history_more: "入力されたことは、訂正しても消えません。だれが、いつ、何を入力し、何を訂正したかが残ります。",
        history_waiting: "これまでの入力を照会しています",
        doubts_next: "まちがいがあれば、上の欄で訂正してください。",
        dates: "日付",
        dates_more: "空のままの項目は変わりません。日付は「R8.11.22」「令和8年11月22日」「2026-11-22」「20261122」のどれでも入力できます。",
        may_plan: "予定も可",
        outcome: "結果",
        outcome_more: "認定・非該当・却下・取下げのどれか1つ。",
        outcome_kind: "結果の種類",
        no_outcome: "入力しない",
        on_certified: "認定年月日",
        on_not_certified: "非該当の決定日",
        on_dismissed: "却下の決定日",
        on_withdrawn: "取下げ日",
        level: "要介護状態区分",
        choose: "選んでください",
        valid_from: "有効期間の始まり",
        valid_from_renewal: "更新は、前の有効期間の終わりの次の日です。前の有効期間は、この画面ではわかりません。",
        months: "有効期間の月数",
        valid_to: "有効期間の終わり",
        reason: "理由",
        postponement: "延期(30日を超えるとき)",
        postponement_more: "延期通知の日と、処理の見込みを入力します。",
        postponed_on: "延期通知日",
        postponed_until: "処理の見込み(この日まで)",
        postponed_reason: "延期の理由",
        print_notice: "延期通知書の下書きを印刷する",
        application_more: "申請日や申請区分がまちがっていたときだけ入力します。",
        applied: "申請日",
        kind: "申請区分",
        correct_application: "申請を訂正する",
        summary: "入力する内容",
        nothing: "まだ何も入力していません。",
        correction: "訂正",
        new: "新規",
        keeps_old: "訂正として記録します。前の値は、入力した人と日時とともに履歴に残ります。",
        look: "次のことを確かめてください。まちがいでなければ入力できます。",
        looked: "確かめました。このまま入力します",
        looked_missing: "確かめて、印をつけてください",
        send: "入力する",
        sending: "入力しています",
        discard: "書いた内容を消す",
        saved: "入力しました",
        was_saved: "前に送った内容は、もう入力されていました",
        was_saved_more: "返事だけが届いていませんでした。二重には入っていません。",
        not_entered: "まだ入力されていません。書いた内容はこの画面に残っています。",
        not_entered_more: "もう一度「入力する」を押してください。前の送信が届いていても、二重には入りません。",
        refused: "入力されていません。次のところが合いません。",
        conflict: "ほかの人が先に入力しました。あなたの入力はまだ入っていません。",
        conflict_kept: "あなたが書いた内容は、そのまま残っています。",
        since: "その間に入力されたこと",
        beside: "くらべる",
        theirs: "いま入っている値",
        mine: "あなたの入力",
        clash: "ちがいます",
        take_over: "最新を取り込んで、自分の入力をもう一度入力する",
        review: "最新を取り込んで、見直す",
        missing: "入力してください",
        chosen_missing: "選んでください",
        long: "400字までにしてください",
        same: "いまの値と同じです。入力しません",
        level_before: "前の区分はこの画面ではわからないため、更新は最長の幅で確かめています。",
        before_outcome: "訂正前の結果",
        support_date: "例:R8.11.22",
    }
}

/// 市 花子さんが 令和8年11月22日 14:05に
pub fn who_and_when(by: &str, at: Time) -> String {
    [by, "さんが、", &format::time(at), "に入力しました。"].concat()
}

/// 3〜12か月(原則6か月)
pub fn months(standard: u32, least: u32, most: u32) -> String {
    format!("{least}〜{most}か月(原則{standard}か月)")
}

/// 日付:…
pub fn wrong(name: &str, why: &str) -> String {
    [name, ":", why].concat()
}

/// All that is to be looked at.
pub fn looks(found: &[Contradiction]) -> Vec<String> {
    found.iter().map(|one| fact::contradiction(*one)).collect()
}
