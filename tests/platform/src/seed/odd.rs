//! Cases that cannot be, and that a register holds all the same: what an office must survive.

use super::cases::{Case, Earlier, came, case};
use super::dates::{day, last};
use super::papers::Papers;
use super::random::Random;
use super::{benefit, case_papers as make, copayment};
use crate::store::Kind;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{CareLevel, Content, LimitStage, Period};

/// A place in what is delivered of a kind (a JSON pointer below the value), and what stands there instead.
pub(super) type Strange = (Kind, &'static str, &'static str);

const NAME: &str = "伊勢崎東西南北一二三四五六七八九十百千万億兆京垓春夏秋冬朝昼晩左右前後上下大小長短高低\
    新旧軽重明暗寒暖　山川海空花鳥風月雪雨雲霧星日光影水火木金土石草葉根枝実種森林原野谷池波";
const KANA: &str = "イセサキトウザイナンボクイチニサンシゴロクシチハチクジュウヒャクセンマンオクチョウケイガイ\
    シュンカシュウトウアサヒルバン　ヤマカワウミソラハナトリカゼツキユキアメクモキリホシヒヒカリカゲ";

/// All of them.
pub(super) static ALL: [Case; 8] = [
    case("有効期間の終わりが始まりより前の人", ends_before_it_begins),
    case("認定の有効期間が重なっている人", overlapping),
    Case {
        strange: &[
            (Kind::Certificate, "/level", "\"31\""),
            (Kind::Certificate, "/state", "\"suspended\""),
            (Kind::Limit, "/stage", "\"3-1-2\""),
        ],
        ..case("知らないコードが届く人", |random, today| {
            let mut papers = make::plain(CareLevel::Care3, (12, 7), today);
            papers.limit = make::present(copayment::limit(random, LimitStage::ThirdA, true, today));
            (papers, Earlier::default())
        })
    },
    Case { name: Some((NAME, KANA)), ..case("氏名が80文字を超える人", |_, today| plain(today)) },
    Case {
        name: Some(("\u{E000}藤　葛\u{E0100}子", "サイトウ　カツコ")),
        ..case("外字と異体字の名前の人", |_, today| plain(today))
    },
    Case {
        birth: Some("1936-02-29"), ..case("うるう日に生まれ、うるう日に認定が切れる人", leap_days)
    },
    Case {
        strange: &[
            (Kind::Certificate, "/issued_on", "\"2026-02-30\""),
            (Kind::Certificate, "/validity/to", "\"2027-02-29\""),
            (Kind::Copayment, "/periods/0/period/from", "\"2026-06-31\""),
        ],
        ..case("ありえない日付が届く人", |_, today| plain(today))
    },
    Case {
        strange: &[
            (Kind::Certificate, "/monthly_units", "\"19705\""),
            (Kind::Certificate, "/committee_opinion", "7"),
            (Kind::Copayment, "/periods/0/tenths", "1.5"),
            (Kind::Housing, "/dwellings/0/payments/0/cost_yen", "\"八万円\""),
        ],
        ..case("型の違う値が届く人", |_, today| {
            let mut papers = make::plain(CareLevel::Care2, (12, 5), today);
            papers.housing = make::present(benefit::works(CareLevel::Care2, last(today, -6), &[80_000]));
            (papers, Earlier::default())
        })
    },
];

fn plain(today: Date) -> (Papers, Earlier) {
    (make::plain(CareLevel::Care2, (12, 7), today), Earlier::default())
}

fn ends_before_it_begins(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let (mut papers, earlier) = plain(today);
    if let Content::Present(paper) = &mut papers.certificate {
        paper.validity = paper.validity.and_then(|it| Some(Period::new(it.to?, Some(it.from))));
    }
    (papers, earlier)
}

fn overlapping(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let before = make::paper(CareLevel::Care1, (24, 5), today);
    let papers = make::plain(CareLevel::Care3, (12, 9), today);
    (papers, Earlier { certificate: vec![came(before)], ..Earlier::default() })
}

fn leap_days(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let (mut papers, earlier) = plain(today);
    make::from(&mut papers, day(2024, 3, 1), day(2028, 2, 29));
    (papers, earlier)
}
