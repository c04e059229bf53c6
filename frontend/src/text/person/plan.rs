//! Words of what a planned work, purchase or month would come to.

use crate::text::format;
use domain::benefit::Reset;
use domain::calendar::Date;
use domain::qualification::CareLevel;

catalogue! {
    /// Words of what a planned work, purchase or month would come to.
    Plan, plan {
        title: "もし使うと",
        housing: "もし住宅改修に使うと",
        equipment: "もし福祉用具を買うと",
        month: "ひと月の自己負担",
        month_plain: "使うサービスの量から、保険から出る額と本人の負担を見積もる",
        cost: "予定の費用",
        cost_support: "消費税を含む額。例:50000、5万",
        cost_wrong: "費用は数字で入力してください(例:50000)",
        yen: "円",
        dwelling: "どの住まい",
        new_home: "新しい住まい(転居したとき)",
        item: "種目",
        amount: "使う量",
        amount_support: "区分支給限度に入るサービスの合計",
        amount_wrong: "量は数字で入力してください(例:15000)",
        unit: "量の単位",
        units: "単位",
        price: "1単位の単価",
        price_support: "10円から11.4円。地域とサービスで変わります。請求書で確かめてください。",
        price_wrong: "単価は10円から20円までの数字で入力してください(例:10.21)",
        which_month: "月",
        counted: "限度額に入る額",
        over: "限度を超える額(全額が本人の負担)",
        from_insurance: "保険から出る額",
        by_person: "本人の負担",
        first: "いったん払う額",
        back: "あとで保険者から戻る額",
        left_before: "使う前の残り",
        left_after: "使ったあとの残り",
        whole: "費用の合計",
        month_limit: "この月の区分支給限度基準額",
        over_units: "限度を超える単位",
        not_in: "申請中・未反映は含みません。",
        paid_how: "支払い方(償還払い・受領委任払い)と事前の申請は、保険者に確かめてください。",
        once: "3段階リセットは1人1回として数えています。住まいごとに1回とする保険者もあるため、保険者に確かめてください。",
        about: "費用をまとめて計算した目安です。実際の請求はサービスごとに端数を切り捨てるため、数円ちがうことがあります。",
        changed: "この月に要介護度が変わるため、重いほうの限度額を使っています。",
        unsure: "意味のわからない要介護度の期間があるため、限度額がちがうことがあります。",
        no_level: "今日有効な認定がないため、見積もれません。",
        no_benefit: "この区分では、この給付を使えません。",
        no_month: "この月に有効な認定がないため、見積もれません。",
        no_share: "負担割合の記録がないため、本人の負担は見積もれません。",
        year_unknown: "この年度の利用状況が届いていないため、限度額を全額残っているものとして計算しています。",
        repayment: "給付制限(支払方法変更)のため、いったん全額を払います。戻る額は差し止められることがあります。",
        reduced: "給付制限(給付額減額)の割合で計算しています。",
    }
}

/// Where the 3段階リセット stands, and on what that rests.
pub fn reset(reset: Reset, base: Option<CareLevel>, now: CareLevel) -> String {
    let base = base.map_or("不明", CareLevel::name);
    let rests = || ["(はじめの工事のときの区分は", base, "、いまは", now.name(), ")"].concat();
    match reset {
        Reset::SetsBase => {
            ["この住まいではじめての工事です。いまの区分(", now.name(), ")が3段階リセットの基準になります。"]
                .concat()
        }
        Reset::NotReached { steps } => {
            let steps = if steps > 0 {
                [&steps.to_string(), "段階上がっています"].concat()
            } else {
                "段階は上がっていません".to_owned()
            };
            ["3段階リセットは使えません。", &steps, &rests(), "。"].concat()
        }
        Reset::Applies { steps } => {
            let steps = steps.to_string();
            ["3段階リセットが使えます。", &steps, "段階上がっています", &rests(), "。前の残りは足しません。"]
                .concat()
        }
        Reset::Used { on } => {
            [&on.wareki(), "に着工した工事で3段階リセットを使っています。もう使えません。"].concat()
        }
        Reset::BaseUnknown => {
            "はじめの工事のときの区分が届いていないため、3段階リセットが使えるかわかりません。".to_owned()
        }
    }
}

/// 転居リセット: a new dwelling begins anew.
pub fn moved() -> &'static str {
    "転居リセットで、新しい住まいの限度額を使います。前の住まいに戻ると、前の残りに戻ります。"
}

/// 今日(令和8年11月22日)に着工するとした場合です。
pub fn today_of_work(today: Date) -> String {
    ["今日(", &today.wareki(), ")に着工するとした場合です。"].concat()
}

/// 今日(令和8年11月22日)に買うとした場合です。
pub fn day_of_purchase(today: Date) -> String {
    let year = format::fiscal_year(today.fiscal_year());
    ["今日(", &today.wareki(), ")に買うとした場合です。", &year, "の限度額で数えています。"].concat()
}

/// The same 種目 was bought before.
pub fn bought_before(item: &str, on: Date) -> String {
    [
        "同じ種目(",
        item,
        ")を",
        &on.wareki(),
        "に買っています。同じ種目は原則1回です。壊れたときなどは、先に保険者に確かめてください。",
    ]
    .concat()
}

/// 本人の負担(2割)
pub fn by_person(tenths: u8) -> String {
    [plan().by_person, "(", &tenths.to_string(), "割)"].concat()
}

/// 要介護2 19,705単位
pub fn limit(level: CareLevel, units: u32) -> String {
    [level.name(), " ", &format::units(units)].concat()
}

/// 令和8年11月
pub fn month(first: Date) -> String {
    let text = first.wareki();
    text.split_inclusive('月').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reset_says_on_what_it_rests() {
        assert_eq!(
            reset(Reset::Applies { steps: 3 }, Some(CareLevel::Care1), CareLevel::Care4),
            "3段階リセットが使えます。3段階上がっています(はじめの工事のときの区分は要介護1、いまは要介護4)。前の残りは足しません。"
        );
        let less = reset(Reset::NotReached { steps: -1 }, Some(CareLevel::Care3), CareLevel::Care2);
        assert!(less.contains("段階は上がっていません(はじめの工事のときの区分は要介護3、いまは要介護2)"));
        assert_eq!(month(Date::from_iso("2026-11-01").unwrap()), "令和8年11月");
    }
}
