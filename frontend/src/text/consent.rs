//! Words of the page 同意.

use super::format::time;
use domain::calendar::Time;
use domain::consent::Standing;
use domain::upstream::{ConsentGiver, ConsentMethod, ConsentTerms};

catalogue! {
    /// Words of the page 同意.
    Consent, consent {
        title: "同意",
        lead: "認定の情報を見ることについて、本人にいただいた同意を、記録し、確かめ、撤回を受けます。",
        waiting: "同意の記録を照会しています",
        to_person: "この人の画面へ",
        to_cases: "認定の経過へ",
        to_documents: "書類へ",
        to_consent: "同意を確かめる・記録する",
        way: "同意",
        way_of: "の同意の記録",

        now: "いま見られるもの",
        now_who: "このユーザが、いま見られるかどうかです。",
        now_more: "担当の事業所か、要介護か要支援か、主治医の同意があるか、最新と前回の書類かは、開くときに介護情報基盤が確かめます。",
        kind: "情報",
        standing: "本人の同意",
        may: "このユーザ",
        open: "見られます",
        shut: "見られません",
        till: "見られる期限",

        list: "同意の記録",
        none: "同意の記録はありません。",
        none_why: "市町村が認定の申請書で受けた同意も、まだ届いていません。",
        state_open: "有効",
        state_over: "期限切れ",
        state_withdrawn: "撤回済み",
        comprehensive: "市町村が受けた同意(すべての事業所に有効)",
        own: "事業所が受けた同意(この事業所だけに有効)",
        by: "同意した方",
        given: "同意の日時",
        how: "方法",
        paper: "もとにした書面",
        what: "見てよい情報",
        until: "いつまで",
        recorded: "記録した人",
        withdrawn: "撤回",
        withdrawn_by: "撤回した方",
        reason: "理由",
        no_reason: "(聞いていません)",
        unknown: "不明",

        record: "同意を記録する",
        record_lead: "先に本人または代理の方から同意をいただいてください。下の「紙の書式」から同意書を印刷できます。",
        who: "どなたの同意ですか",
        giver_person: "本人",
        giver_representative: "家族・代理人",
        giver_missing: "どなたの同意かを選んでください",
        name: "代理の方の氏名",
        relation: "続柄",
        relation_support: "例:長男、成年後見人",
        method: "どのように同意をいただきましたか",
        method_missing: "同意の方法を選んでください",
        method_spoken: "口頭",
        method_written: "書面",
        basis: "もとにした書面",
        basis_missing: "もとにした書面を選んでください",
        version: "書面の版",
        version_support: "書面に版の記載があるとき。例:R8.4",
        scope: "見てよい情報",
        scope_support: "同意をいただいたものだけを選んでください。",
        scope_missing: "見てよい情報を、1つ以上選んでください",
        when: "いつ同意をいただきましたか",
        when_support: "いまの日時が入っています。違うときは直してください。",
        day: "同意の日",
        day_support: "例:令和8年11月22日、R8.11.22、2026-11-22",
        clock: "同意の時刻",
        clock_support: "例:14:05",
        given_later: "同意の日時が、いまより後です",
        ends: "いつまでの同意ですか",
        ends_missing: "いつまでの同意かを選んでください",
        ends_never: "撤回されるまで",
        ends_on: "決まった日まで",
        last: "最後の日",
        last_support: "この日の終わりまで見られます。",
        last_over: "最後の日が、同意の日時より前か、もう過ぎています",
        long: "長すぎます。80文字より短くしてください",
        save: "この内容で記録する",
        saving: "記録しています",
        saved: "同意を記録しました",
        saved_more: "下の「いま見られるもの」を確かめてください。",

        withdraw: "撤回を受ける",
        withdraw_title: "同意の撤回を受けますか",
        withdraw_lead: "撤回は、すぐに効きます。",
        withdraw_all: "この撤回より前にいただいた、同じ情報への同意は、どの書面のものもすべて終わります。",
        withdraw_here: "この画面の認定の進捗・経過・書類は、すぐに閉じます。ほかのパソコンの画面も、次の問い合わせで閉じます。",
        withdraw_municipality: "市町村が受けた同意です。撤回すると、すべての事業所で見られなくなります。",
        withdraw_copies: "印刷したものや写しは、消えません。事業所の決まりに従って扱ってください。",
        withdraw_again: "もう一度見るには、新しい同意が必要です。",
        withdraw_who: "どなたの申し出ですか",
        withdraw_missing: "どなたの申し出かを選んでください",
        withdraw_reason: "理由",
        withdraw_reason_support: "聞いたときだけ書いてください。理由がなくても撤回できます。",
        withdraw_go: "撤回する",
        withdraw_busy: "撤回しています",
        withdrawn_title: "同意を撤回しました",
        withdrawn_more: "この人の認定の情報を、この画面から消しました。",
    }
}

/// 本人 …
pub const fn giver(giver: ConsentGiver) -> &'static str {
    match giver {
        ConsentGiver::Person => consent().giver_person,
        ConsentGiver::Representative => consent().giver_representative,
    }
}

/// 口頭 …
pub const fn method(method: ConsentMethod) -> &'static str {
    match method {
        ConsentMethod::Spoken => consent().method_spoken,
        ConsentMethod::Written => consent().method_written,
    }
}

/// 家族・代理人 山田 一郎(長男)
pub fn given(terms: &ConsentTerms) -> String {
    match &terms.giver_name {
        Some(name) => [giver(terms.giver), " ", name].concat(),
        None => giver(terms.giver).to_owned(),
    }
}

/// 令和9年3月31日まで; a last day that is whole is named alone.
pub fn until(until: Option<Time>) -> String {
    match until {
        None => consent().ends_never.to_owned(),
        Some(until) if until.clock() == (0, 0) => until.plus(-1).date().wareki() + "まで",
        Some(until) => time(until) + "まで",
    }
}

/// How consent stands for one kind.
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::Valid { until: end } => ["あり、", &until(end)].concat(),
        Standing::Withdrawn { at } => ["撤回 ", &time(at)].concat(),
        Standing::Over { since } => ["期限切れ ", &until(Some(since))].concat(),
        Standing::None => "なし".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;

    #[test]
    fn a_whole_last_day_is_named_without_midnight() {
        let day = Date::new(2027, 3, 31).unwrap();
        assert_eq!(until(Some(domain::consent::through(day))), "令和9年3月31日まで");
        assert_eq!(until(Some(day.at((14, 5)))), "令和9年3月31日 14:05まで");
        assert_eq!(standing(Standing::Valid { until: None }), "あり、撤回されるまで");
        assert_eq!(standing(Standing::Over { since: day.begin() }), "期限切れ 令和9年3月30日まで");
    }
}
