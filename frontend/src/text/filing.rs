//! Words of the pages 届出.

mod proof;
mod trouble;

pub use proof::{filing_proof as proof, printed};
pub use trouble::{confirmable, support, wrong};

use super::format::time;
use super::upcoming;
use domain::calendar::{Date, Time};
use domain::filing::due::{Due, DueKind};
use domain::filing::outbox::Told;
use domain::upstream::FilingEntry;

catalogue! {
    /// Words of the pages 届出.
    Filing, filing {
        title: "届出",
        lead: "居宅サービス計画作成依頼(変更)届出書(ケアプランをどの事業所に頼むかの届出)を書き、本人に確かめてもらい、市町村に送ります。",
        reading: "この端末の書きかけを読んでいます",
        new: "新しい届出は、利用者のページの「届出を書く」から始めます。",
        to_clients: "利用者一覧から選ぶ",
        blank: "白紙の様式を印刷する",
        waiting: "まだ提出できたとわかっていない届出",
        receipts_here: "この端末にある受付の控え",
        drafts: "書きかけ",
        drafts_none: "書きかけはありません。",
        drafts_where: "書きかけは、暗号にして、この端末にだけあります。あなたのパスワードでサインインしたときだけ開けます。",
        listed: "提出した届出",
        listed_none: "提出した届出はありません。",
        listed_waiting: "提出した届出を照会しています",
        go_on: "続きを書く",
        look: "開く",
        discard: "破棄する",
        discard_ask: "この書きかけを破棄しますか",
        discard_more: "この端末から消えます。元に戻せません。提出済みの届出は消えません。",
        begun: "書きはじめ",
        shut: "開けない書きかけ",
        former: "以前のパスワード",
        former_support: "書いたときのパスワードです。この端末の中で確かめるだけで、どこにも送りません。",
        unlock: "開く",
        unlocking: "確かめています",
        refresh: "最新の状態にする",
        no_name: "(氏名を表示できません)",
        office: "計画を作る事業所",
        starts: "有効開始日",
        steps: "これまで",
        reason: "理由",
        by: "扱った人",
        evidence: "控えを見る",
        proof: "証拠の書類",
        evidence_waiting: "控えを照会しています",
        mend: "直して出し直す",
        cancel: "取り下げる",
        cancel_ask: "この届出を取り下げますか",
        cancel_more: "市町村がまだ受理していないときだけ、取り下げられます。取り下げたことも、市町村の画面と記録に残ります。",
        cancel_reason: "取り下げる理由",
        cancelling: "取り下げています",
        on_certificate: "被保険者証に載りました",

        start: "届出を書く",
        start_lead: "わかっていることは、はじめから入れておきます。それぞれに、どこからの情報かを書きます。",
        start_go: "この方の届出を書きはじめる",
        start_again: "新しい届出を書きはじめる",
        start_there: "この方の書きかけがあります。",
        start_waiting: "被保険者証の内容を照会しています",
        start_without: "被保険者証の内容がわからないままでも、書きはじめられます。様式と認定区分が合うかは、市町村が確かめます。",
        start_paper: "紙で出すときも、ここで書いて印刷できます。",
        start_number: "個人番号(マイナンバー)は聞きません。書く欄もありません。書かないまま出せます。",
        may_not: "このユーザは、届出を送れません。",
        may_not_why: "届出を送れるのは、居宅介護支援事業所と地域包括支援センターで、計画を作る職種と事務職員です。ほかの方は、白紙の様式を印刷できます。",
        way: "届出を書く",
        why: "届出が要る理由",

        gone: "この書きかけは、この端末にありません",
        gone_why: "破棄されたか、提出したあとに片づけられたか、ほかの端末のものです。提出した届出は、届出のページにあります。",
        to_list: "届出のページへ",
        question: "質問",
        paper: "用紙",
        next: "次へ",
        before: "前へ",
        saved: "この端末に保存しました",
        saving: "保存しています",
        not_saved: "保存できていません",
        draft_mark: "下書き(市の様式との照合前)",
        from: "(もとの情報:",
        check: "書いた内容を確かめる",
        check_lead: "実際の用紙の順に並べています。直すところがあれば、その項目へ戻ってください。",
        check_mend: "を直す",
        check_good: "書き足りないところはありません。",
        check_bad: "提出する前に、直すところがあります",
        look_again: "確かめてください",
        as_it_is: "このままで正しい",
        to_agree: "本人に確かめてもらう",
        print: "印刷する",
        print_way: "紙で出す",
        print_lead: "届出年月日と氏名は、手で書いてください。窓口または郵送で出せます。",

        identity: "本人確認",
        identity_card: "カードで確認する",
        identity_card_again: "カードでもう一度確認する",
        identity_card_lead: "本人のマイナンバーカードと、4桁の暗証番号を使います。確認は24時間、この届出に使えます。",
        identity_card_done: "カードで確認しました",
        identity_papers: "見た書類",
        identity_papers_support: "写真のあるものは1点、ないものは2点です。",
        identity_at: "確認した日時",

        agree: "本人の確認",
        agree_hand: "ここからは、本人または代理の方に、この画面を渡してください。",
        agree_lead: "さん、この内容で、市町村に届け出ます。",
        agree_plain: "ケアプラン(介護サービスの計画)を、次の事業所に作ってもらうための届出です。",
        agree_from: "この日から:",
        agree_office: "頼む事業所:",
        agree_to: "送り先:",
        agree_all: "用紙の全部を見る",
        agree_who: "確かめた方",
        agree_person: "本人",
        agree_other: "家族・代理人",
        agree_name: "代理の方の氏名",
        agree_relation: "本人との関係",
        agree_yes: "内容を見ました。まちがいありません。市町村に届け出てください。",
        agree_missing: "内容を見て、よければ、ここにしるしをつけてください",
        agree_who_missing: "確かめた方を選んでください",
        submit: "この内容で提出する",
        submitting: "提出しています",
        submit_offline: "いまはつながっていません。押すと、この端末に預かり、つながりしだい送ります。それまでは、まだ提出されていません。",

        not_yet: "まだ提出されていません",
        not_yet_more: "この端末に預かっています。つながりしだい送ります。画面を閉じてもなくなりません。送るには、この端末で、あなたがサインインしている必要があります。",
        not_yet_memory: "この端末に保存できないため、この画面の中だけにあります。提出できるまで、画面を閉じないでください。",
        checking: "提出できたか確かめています",
        checking_more: "送りましたが、返事が届いていません。同じ届出が2つになることはありません。返事が届くまで、もう一度書かないでください。",
        giving_up: "取りやめを確かめています",
        giving_up_more: "すでに受け付けられていたときは、受け付けの控えを表示します。",
        filed: "受け付けられました",
        filed_more: "市町村が内容を確かめます。受理されると、ここと届出のページに表示します。",
        refused: "受け付けられませんでした。提出されていません",
        given_up: "取りやめました。提出されていません",
        given_up_more: "この届出が、あとから提出されることはありません。",
        again: "直してもう一度書く",
        send_now: "いま送る",
        give_up: "提出を取りやめる",
        give_up_ask: "この届出の提出を取りやめますか",
        give_up_more: "介護情報基盤に確かめてから取りやめます。すでに受け付けられていたときは、取りやめになりません。",
        tried: "送った回数",
        receipt: "受付の控え",
        number: "受付番号",
        received_at: "受け付けた日時",
        to: "送り先",
        what: "届出",
        whose: "被保険者",
        hash: "届出の指紋(SHA-256)",
        hash_support: "届出の内容から計算した値です。内容が1文字でも違うと、違う値になります。",
        next_title: "このあと",
        next_one: "市町村が、被保険者資格・様式・事業所番号を確かめます。",
        next_two: "受理されると、被保険者証に事業所名と届出年月日が載ります。",
        next_three: "直すところがあるときは差し戻されます。届出のページで理由を見て、出し直してください。",
        decision: "市町村の確認",
        statement_none: "紙で受け付けられた届出です。内容は市町村にあります。",

        blank_title: "白紙の様式",
        blank_lead: "手で書いて、窓口または郵送で出すための用紙です。",
        blank_form: "様式",
        blank_insurer: "伊勢崎市の様式に合わせています。市のPDFとまだ照らし合わせていないため、下書きと印刷します。",
        cover: "送付状",
        cover_to: "あて先",
        cover_from: "差出人",
        cover_enclosed: "同封するもの",
        cover_ask: "市町村に確かめること",
        cover_later: "郵送のための送付状は、書き足りないところがなくなると、ここに出ます。",

        due_title: "届出が要る方",
    }
}

/// What may be told of a filing, as a title.
pub const fn told(told: Told) -> &'static str {
    match told {
        Told::NotYet => filing().not_yet,
        Told::Checking => filing().checking,
        Told::GivingUp => filing().giving_up,
        Told::Filed => filing().filed,
        Told::Refused => filing().refused,
        Told::GivenUp => filing().given_up,
    }
}

/// How an entry stands: 受理(令和8年11月22日 14:05)
pub fn state(entry: &FilingEntry) -> String {
    let at = entry.steps.last().map(|step| ["(", &time(step.at), ")"].concat()).unwrap_or_default();
    [entry.state.name(), &at].concat()
}

/// 令和8年11月22日
pub fn day(date: Date) -> String {
    date.wareki()
}

/// 保存しました 14:05
pub fn in_words(said: &str, at: Time) -> String {
    [said, " ", &super::format::clock(at)].concat()
}

/// Why a 届出 is due and by when it costs nothing.
pub fn due(due: &Due) -> String {
    let said = match due.kind {
        DueKind::Returned => "届出が差し戻されています。直して出し直してください。".to_owned(),
        DueKind::ProvisionalDiffers { to } => {
            ["暫定の届出と認定結果(", to.name(), ")の様式が違います。出し直してください。"].concat()
        }
        DueKind::LevelCrossed { to } => {
            [to.name(), "になり、前の届出の様式が合わなくなりました。出し直してください。"].concat()
        }
        DueKind::Moved => "保険者が変わりました。新しい保険者に届け出てください。".to_owned(),
        DueKind::NoPlanOffice => {
            "被保険者証に、計画を作る事業所がありません。サービスを使う前に届出が要ります。".to_owned()
        }
        DueKind::BeforeDecision => {
            return "認定を申請中です。結果の前にサービスを使うときは、暫定の届出が要ります。".to_owned();
        }
        DueKind::OtherOffice => {
            return "被保険者証に、別の事業所または自己作成とあります。事業所を変えるときは届出が要ります。"
                .to_owned();
        }
    };
    let by = [&due.by.wareki(), "まで(", &upcoming::left(due.days_left), ")"].concat();
    let cost = if due.days_left < 0 {
        "過ぎた日の分は、さかのぼれないことがあります。"
    } else {
        "過ぎると、請求が1か月遅れ、届出までの日は、いったん全額自己負担になることがあります。"
    };
    [&said, &by, "。", cost].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::upcoming::Urgency;

    #[test]
    fn what_is_due_says_why_by_when_and_what_it_costs() {
        let by = Date::from_iso("2026-11-30").unwrap();
        let mut one = Due {
            kind: DueKind::NoPlanOffice,
            by,
            days_left: 7,
            counter: None,
            filing: None,
            urgency: Urgency::Now,
        };
        let said = due(&one);
        assert!(
            said.contains("サービスを使う前に届出が要ります")
                && said.contains("令和8年11月30日まで(あと7日)")
        );
        assert!(said.contains("全額自己負担"));
        (one.kind, one.days_left) = (DueKind::Returned, -3);
        assert!(due(&one).contains("さかのぼれないことがあります"));
        one.kind = DueKind::OtherOffice;
        assert!(!due(&one).contains("令和"), "a note has no day");
    }
}
