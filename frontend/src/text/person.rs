//! Words of one person's page.

pub mod change;
pub mod line;
pub mod plan;
pub mod take;

pub use change::change;
pub use line::line;
pub use plan::plan;
pub use take::{outside as take_outside, take};

use super::format;
use domain::calendar::Time;
use domain::qualification::RestrictionKind;

catalogue! {
    /// Words of one person's page.
    Person, person {
        title: "利用者",
        gone: "この利用者の情報は、この画面に残っていません。",
        gone_why: "ページを読み込み直すと、安全のため個人の情報は消えます。お手数ですが、もう一度調べてください。",
        waiting: "資格情報を照会しています",
        refreshing: "新しい情報を照会しています",
        old_kept: "下の内容は前に照会したものです。時点を確かめてください。",
        age: "歳",
        sex: "性別",
        insurer: "保険者",
        insured: "被保険者番号",
        right: "閲覧できる期限",
        right_card: "カードで確認",
        right_numbers: "番号と同意で確認",
        right_over: "閲覧できる期限が過ぎています",
        right_again: "もう一度カードを読むか、番号と同意で調べ直してください。",
        substituted: "氏名に、画面で表せない文字があります。登録されたまま表示しています。",
        print: "印刷",
        refresh: "新しく照会する",
        both_dates: "西暦も表示",

        certificate: "介護保険被保険者証",
        certificate_plain: "認定の区分と有効期間がわかる証",
        copayment: "介護保険負担割合証",
        copayment_plain: "自己負担の割合がわかる証",
        limit: "介護保険負担限度額認定証",
        limit_plain: "施設とショートステイの食費・居住費の上限がわかる証",
        housing: "住宅改修費の利用状況",
        housing_plain: "手すりや段差解消の工事に、いくら使ったか",
        equipment: "福祉用具購入費の利用状況",
        equipment_plain: "腰掛便座や入浴補助用具などの購入に、いくら使ったか",

        part_one: "(一)被保険者",
        part_two: "(二)認定とサービス",
        part_three: "(三)給付制限・事業者・施設",
        number: "番号",
        address: "住所",
        kana: "フリガナ",
        name: "氏名",
        birth: "生年月日",
        issued: "交付年月日",
        insurer_line: "保険者番号・名称",
        level: "要介護状態区分等",
        certified: "認定年月日",
        checked: "基本チェックリスト実施日",
        validity: "認定の有効期間",
        monthly: "居宅サービス等(区分支給限度基準額)",
        a_month: "1月当たり",
        kind_limits: "うち種類支給限度基準額",
        opinion: "認定審査会の意見及びサービスの種類の指定",
        restrictions: "給付制限",
        plan_offices: "居宅介護支援事業者等",
        filed: "届出年月日",
        facilities: "介護保険施設等",
        entered: "入所等",
        left_on: "退所等",
        applied: "申請中",
        none: "なし",
        not_known: "記載なし",

        share: "利用者負担の割合",
        share_period: "適用期間",
        no_share_today: "今日の日付に当てはまる割合の記録がありません。",

        from: "適用年月日",
        until: "有効期限",
        stage: "利用者負担段階",
        food: "食費の負担限度額(1日につき)",
        food_facility: "施設サービス",
        food_short_stay: "短期入所",
        rooms: "居住費又は滞在費の負担限度額(1日につき)",

        left: "残り",
        used: "利用済み",
        ceiling: "支給限度基準額",
        not_in: "申請中・未反映は含みません。",
        current_home: "いまの住まい",
        former_home: "前の住まい",
        baseline: "はじめの工事のときの区分",
        started: "着工日",
        work: "工事の内容",
        cost: "対象の費用",
        no_payment: "登録された工事はまだありません。",
        no_dwelling: "登録された住まいはありません。",
        bought: "購入日",
        item: "種目",
        no_purchase: "この年度に登録された購入はまだありません。",
        past: "過去の期間",
        no_end: "(終わりの定めなし)",
        absent_none: "発行なし",
        absent_later: "未移行",
        kept: "今回は取得できませんでした",
        kept_why: "前に照会した内容です。下の時点を確かめてください。",
        absent_failed: "取得できず",
        absent_unreadable: "読み取れず",
        doubt: "記録に、確かめたいところがあります",
        doubt_next: "届いた値をそのまま表示しています。保険者に確かめてください。",
    }
}

/// かけはし 利用者の資格情報 | 居宅介護支援事業所 | 印刷 令和8年11月22日 14:05 | 情報の時点 …
pub fn printed(office: &str, now: Time, as_of: Option<Time>) -> String {
    let mut text = ["かけはし 利用者の資格情報 ・ ", office, " ・ 印刷 ", &format::time(now)].concat();
    if let Some(as_of) = as_of {
        text += &[" ・ 情報は", &format::as_of(as_of), "以降"].concat();
    }
    text
}

/// What a restriction means for the person at the desk.
pub fn restriction(kind: RestrictionKind) -> &'static str {
    match kind {
        RestrictionKind::RepaymentOnly => "いったん全額を払い、あとで保険者から払い戻されます。",
        RestrictionKind::Reduced => "給付が下がり、自己負担が3割または4割になります。",
        RestrictionKind::Unknown(_) => "どのような制限か、届いたコードからはわかりません。",
    }
}

/// Why there is no sheet: the insurer says there is none.
pub fn none_issued(kind: &str) -> (String, &'static str) {
    (
        format!("{kind}は、発行の記録がありません。"),
        "保険者に登録がないという回答です。紙をお持ちのときは、その内容を保険者に確かめてください。",
    )
}

/// Why there is no sheet: it could not be fetched just now.
pub fn unavailable(kind: &str) -> (String, &'static str) {
    (
        format!("{kind}の情報を、いま取得できませんでした。"),
        "「なし」という意味ではありません。しばらくしてから「新しく照会する」を押してください。お急ぎのときは紙の証で確かめてください。",
    )
}

/// Why there is no sheet: what came cannot be read, and is shown as it came.
pub fn unreadable(kind: &str, raw: &str) -> (String, String) {
    (
        format!("{kind}の内容を読み取れませんでした。"),
        format!("登録に誤りがあるようです。紙の証で確かめ、保険者にお知らせください。届いたままの値: {raw}"),
    )
}

/// Why there is no sheet: the insurer has not brought this kind of data yet.
pub fn not_migrated(kind: &str, insurer: &str) -> (String, String) {
    (
        format!("{kind}の情報は、まだ介護情報基盤に届いていません。"),
        format!(
            "{insurer}が、この種類のデータの移行を終えていません。「なし」という意味ではありません。紙の証で確かめてください。"
        ),
    )
}
