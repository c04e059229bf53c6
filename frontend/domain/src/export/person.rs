//! What is known of one person, a row a fact (docs/export.md).

use crate::calendar::{Date, GivenDate, Time};
use crate::qualification::{
    Content, CopaymentCertificate, EquipmentUse, HousingUse, InsuranceCertificate, LimitCertificate, Period,
    Qualification, Sheet,
};
use crate::upstream::Person;

/// The heads, in the order of the fields.
pub const COLUMNS: [&str; 17] = [
    "保険者番号",
    "被保険者番号",
    "氏名",
    "フリガナ",
    "生年月日",
    "生年月日(和暦)",
    "性別",
    "種類",
    "項目",
    "値",
    "単位",
    "開始日",
    "開始日(和暦)",
    "終了日",
    "終了日(和暦)",
    "時点",
    "出典",
];

/// All rows of a person, without the heads. What there is none of has a row that says why.
pub fn person(all: &Qualification) -> Vec<[String; 17]> {
    let mut rows = Rows { who: who(&all.person), rows: Vec::new() };
    rows.sheet("被保険者証", &all.certificate, certificate);
    rows.sheet("負担割合証", &all.copayment, copayment);
    rows.sheet("負担限度額認定証", &all.limit, limit);
    rows.sheet("住宅改修費", &all.housing, housing);
    rows.sheet("福祉用具購入費", &all.equipment, equipment);
    rows.rows
}

fn who(person: &Person) -> [String; 7] {
    let born = &person.birth_date;
    [
        person.insurer.as_str().to_owned(),
        person.insured.as_str().to_owned(),
        person.name.clone(),
        person.kana.clone(),
        born.to_string(),
        born.wareki(),
        person.sex.name().to_owned(),
    ]
}

struct Rows {
    who: [String; 7],
    rows: Vec<[String; 17]>,
}

/// One fact: what, how much, and from when till when.
#[derive(Default)]
struct Fact {
    item: &'static str,
    value: String,
    unit: &'static str,
    from: Option<Date>,
    to: Option<Date>,
}

impl Fact {
    fn new(item: &'static str, value: impl Into<String>) -> Self {
        Self { item, value: value.into(), ..Self::default() }
    }

    fn of(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    fn given(item: &'static str, date: &GivenDate) -> Self {
        match date {
            GivenDate::Day(day) => Self::new(item, "").on(*day),
            GivenDate::Raw(raw) => Self::new(item, raw.as_str()),
        }
    }

    fn on(self, day: Date) -> Self {
        Self { from: Some(day), ..self }
    }

    fn during(self, period: Period) -> Self {
        Self { from: Some(period.from), to: period.to, ..self }
    }
}

fn yen(item: &'static str, amount: u32) -> Fact {
    Fact::new(item, amount.to_string()).of("円")
}

impl Rows {
    fn sheet<T>(&mut self, kind: &'static str, sheet: &Sheet<T>, facts: impl FnOnce(&T) -> Vec<Fact>) {
        let facts = match &sheet.content {
            Content::Present(value) => facts(value),
            Content::NoneIssued => vec![Fact::new("状態", "発行なし")],
            Content::NotMigrated => vec![Fact::new("状態", "未移行")],
            Content::Unavailable => vec![Fact::new("状態", "取得できず")],
            Content::Unreadable(raw) => vec![Fact::new("読めない内容", raw.as_str())],
        };
        let odd = sheet.odd.iter().map(|odd| Fact::new(odd.what, ["読めない値 ", &odd.raw].concat()));
        let facts: Vec<Fact> = facts.into_iter().chain(odd).collect();
        for fact in facts {
            let iso = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let wareki = |day: Option<Date>| day.map(Date::wareki).unwrap_or_default();
            let [a, b, c, d, e, f, g] = self.who.clone();
            self.rows.push([
                a,
                b,
                c,
                d,
                e,
                f,
                g,
                kind.to_owned(),
                fact.item.to_owned(),
                fact.value,
                fact.unit.to_owned(),
                iso(fact.from),
                wareki(fact.from),
                iso(fact.to),
                wareki(fact.to),
                machine(sheet.as_of),
                sheet.source.clone(),
            ]);
        }
    }
}

/// `2026-11-22T14:05+09:00`
fn machine(time: Time) -> String {
    let text = time.to_string();
    text.replacen(' ', "T", 1) + "+09:00"
}

/// The name, or the raw code of what is not known here.
fn named(name: &str, raw: Option<&str>) -> String {
    raw.map_or_else(|| name.to_owned(), |raw| ["コード ", raw].concat())
}

fn certificate(paper: &InsuranceCertificate) -> Vec<Fact> {
    let mut facts = vec![Fact::given("交付年月日", &paper.issued_on)];
    facts.push(Fact::new("認定状況", named(paper.state.name(), paper.state.unknown())));
    if let Some(level) = paper.level {
        let fact = Fact::new("要介護状態区分等", named(level.name(), level.unknown()));
        let to = paper.validity.and_then(|one| one.to);
        facts.push(Fact { from: paper.validity.map(|one| one.from), to, ..fact });
        facts.push(Fact::new("要介護状態区分等コード", level.code()));
    }
    facts.extend(paper.certified_on.map(|day| Fact::new("認定年月日", "").on(day)));
    facts.extend(
        paper.monthly_units.map(|units| Fact::new("区分支給限度基準額", units.to_string()).of("単位/月")),
    );
    facts.extend(paper.kind_limits.iter().flat_map(|limit| {
        [
            Fact::new("種類支給限度基準額 サービスの種類", limit.kind.clone()),
            Fact::new("種類支給限度基準額", limit.units.to_string()).of("単位/月"),
        ]
    }));
    facts.extend(paper.committee_opinion.iter().map(|words| Fact::new("認定審査会の意見等", words.clone())));
    facts.extend(
        paper
            .restrictions
            .iter()
            .map(|one| Fact::new("給付制限", named(one.kind.name(), one.kind.unknown())).during(one.period)),
    );
    for office in &paper.plan_offices {
        facts.push(Fact::new("居宅介護支援事業者等", office.name.clone()).on(office.filed_on));
        let number = office.number.as_ref();
        facts.extend(
            number.map(|number| {
                Fact::new("居宅介護支援事業者等 事業所番号", number.as_str()).on(office.filed_on)
            }),
        );
    }
    facts.extend(paper.facilities.iter().map(|stay| {
        let name = [stay.kind.as_str(), " ", &stay.name].concat();
        Fact::new("介護保険施設等", name).during(Period::new(stay.entered_on, stay.left_on))
    }));
    facts
}

fn copayment(paper: &CopaymentCertificate) -> Vec<Fact> {
    let issued = Fact::given("交付年月日", &paper.issued_on);
    let shares = paper
        .periods
        .iter()
        .map(|row| Fact::new("利用者負担の割合", row.tenths.to_string()).of("割").during(row.period));
    [issued].into_iter().chain(shares).collect()
}

fn limit(paper: &LimitCertificate) -> Vec<Fact> {
    let mut facts = vec![
        Fact::given("交付年月日", &paper.issued_on),
        Fact::new("利用者負担段階", named(paper.stage.name(), paper.stage.unknown())).during(paper.validity),
        Fact {
            unit: "円/日", ..yen("食費の負担限度額 施設サービス", paper.food_facility_yen)
        },
        Fact { unit: "円/日", ..yen("食費の負担限度額 短期入所", paper.food_short_stay_yen) },
    ];
    for room in &paper.rooms {
        facts.push(Fact::new("居住費の負担限度額 部屋の種類", named(room.kind.name(), room.kind.unknown())));
        facts.push(Fact { unit: "円/日", ..yen("居住費の負担限度額", room.yen) });
    }
    facts
}

fn housing(used: &HousingUse) -> Vec<Fact> {
    let mut facts = Vec::new();
    for dwelling in &used.dwellings {
        facts.push(Fact::new("住まい", dwelling.label.clone()));
        facts.push(yen("支給限度基準額", dwelling.limit_yen));
        facts.push(yen("利用済み", dwelling.used_yen()));
        facts.push(yen("残り(申請中・未反映は含まない)", dwelling.left_yen()));
        facts.extend(
            dwelling
                .baseline
                .map(|level| Fact::new("はじめの工事のときの区分", named(level.name(), level.unknown()))),
        );
        facts.extend(dwelling.reset_on.map(|day| Fact::new("3段階リセットの着工日", "").on(day)));
        for work in &dwelling.payments {
            facts.push(Fact::new("工事の内容", work.work.clone()).on(work.started_on));
            facts.push(yen("工事の対象の費用", work.cost_yen).on(work.started_on));
        }
    }
    facts
}

fn equipment(used: &EquipmentUse) -> Vec<Fact> {
    let (from, to) = Date::of_fiscal_year(used.fiscal_year);
    let year = Period::new(from, Some(to));
    let mut facts = vec![
        yen("支給限度基準額", used.limit_yen).during(year),
        yen("利用済み", used.used_yen()).during(year),
        yen("残り(申請中・未反映は含まない)", used.left_yen()).during(year),
    ];
    for purchase in &used.purchases {
        facts.push(Fact::new("種目", purchase.item.clone()).on(purchase.bought_on));
        facts.push(yen("購入の対象の費用", purchase.cost_yen).on(purchase.bought_on));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::{day, qualification};

    /// Kind, item, value, unit, from, to.
    fn facts(all: &Qualification) -> Vec<[String; 6]> {
        person(all).into_iter().map(|row| [7, 8, 9, 10, 11, 13].map(|at| row[at].clone())).collect()
    }

    #[test]
    fn each_row_says_whose_when_and_from_whom() {
        let rows = person(&qualification());
        assert!(rows.iter().all(|row| row[..7]
            == ["102046", "0000012345", "山田 花子", "ヤマダ ハナコ", "1940-03-02", "昭和15年3月2日", "女"]));
        assert!(rows.iter().all(|row| row[15] == "2026-11-22T14:05+09:00" && row[16] == "伊勢崎市(保険者)"));
        let level = rows.iter().find(|row| row[8] == "要介護状態区分等").unwrap();
        assert_eq!(
            level[9..15],
            ["要介護2", "", "2026-04-01", "令和8年4月1日", "2027-03-31", "令和9年3月31日"]
        );
    }

    #[test]
    fn every_kind_and_every_period_is_there() {
        let facts = facts(&qualification());
        for wanted in [
            ["被保険者証", "区分支給限度基準額", "19705", "単位/月", "", ""],
            ["負担割合証", "利用者負担の割合", "2", "割", "2026-11-01", "2027-07-31"],
            ["負担割合証", "利用者負担の割合", "1", "割", "2026-08-01", "2026-10-31"],
            ["負担限度額認定証", "利用者負担段階", "第3段階①", "", "2026-08-01", "2027-07-31"],
            ["負担限度額認定証", "居住費の負担限度額", "1370", "円/日", "", ""],
            ["住宅改修費", "残り(申請中・未反映は含まない)", "80000", "円", "", ""],
            ["住宅改修費", "工事の対象の費用", "120000", "円", "2025-06-02", ""],
            ["福祉用具購入費", "残り(申請中・未反映は含まない)", "61500", "円", "2026-04-01", "2027-03-31"],
        ] {
            assert!(facts.iter().any(|fact| *fact == wanted), "{wanted:?}");
        }
    }

    #[test]
    fn none_and_unknown_codes_are_said() {
        let mut all = qualification();
        all.limit.content = Content::NotMigrated;
        all.housing.content = Content::NoneIssued;
        all.certificate.change().level = Some(crate::qualification::CareLevel::from_code("26"));
        all.certificate.change().validity = Some(Period::new(day("2026-04-01"), None));
        let facts = facts(&all);
        for wanted in [
            ["負担限度額認定証", "状態", "未移行", "", "", ""],
            ["住宅改修費", "状態", "発行なし", "", "", ""],
            ["被保険者証", "要介護状態区分等", "コード 26", "", "2026-04-01", ""],
            ["被保険者証", "要介護状態区分等コード", "26", "", "", ""],
        ] {
            assert!(facts.iter().any(|fact| *fact == wanted), "{wanted:?}");
        }
    }
}
