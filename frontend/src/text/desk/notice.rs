//! Words of the draft of a 延期通知書.

use crate::text::format;
use domain::calendar::Date;
use domain::certification::ApplicationKind;

catalogue! {
    /// Words of the draft.
    Notice, notice {
        title: "延期通知書の下書き",
        draft: "下書き",
        draft_more: "正式な通知書ではありません。保険者の様式に写して、公印などを整えてください。様式は保険者ごとに違います。",
        paper: "要介護認定・要支援認定等延期通知書",
        to: "様",
        insurer: "保険者",
        insured: "被保険者番号",
        name: "氏名",
        address: "住所",
        application: "申請",
        limit: "申請から30日の日",
        reason: "延期の理由",
        until: "処理見込期間",
        on: "通知日",
        blank: "(未入力)",
        print: "印刷する",
        back: "認定の入力へ",
        missing: "理由と処理見込みがそろっていません。認定の入力の「延期」に書くと、ここに入ります。",
        from_draft: "まだ入力していない内容を含みます。印刷しても、入力したことにはなりません。",
    }
}

/// The sentence of the notice, with the rule it rests on.
pub fn sentence(kind: Option<ApplicationKind>, on: Date) -> String {
    let rule = match kind {
        Some(ApplicationKind::Renewal) => "介護保険法第28条第4項において準用する同法第27条第11項ただし書",
        Some(ApplicationKind::Change) => "介護保険法第29条第2項において準用する同法第27条第11項ただし書",
        _ => "介護保険法第27条第11項ただし書",
    };
    [
        &on.wareki(),
        "に受け付けた申請について、次の理由により、申請のあった日から30日以内に結果をお知らせすることができません。",
        rule,
        "の規定により、処理見込期間とその理由をお知らせします。",
    ]
    .concat()
}

/// 令和8年11月20日まで
pub fn until(day: Date) -> String {
    format::date_with_weekday(day) + "まで"
}
