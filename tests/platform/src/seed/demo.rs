//! The people of the cards and of demonstrations: always the same, with much to see. All invented.

use kakehashi_domain::qualification::CareLevel;

/// Someone invented.
#[derive(Debug)]
pub(crate) struct Demo {
    /// The cards that are bound to this person.
    pub(crate) cards: &'static [&'static str],
    /// 氏名, with the ideographic space of the register.
    pub(crate) name: &'static str,
    /// フリガナ.
    pub(crate) kana: &'static str,
    /// 生年月日, ISO.
    pub(crate) birth: &'static str,
    /// Whether a woman.
    pub(crate) female: bool,
    /// 住所.
    pub(crate) address: &'static str,
    /// 被保険者番号.
    pub(crate) insured: &'static str,
    /// Level.
    pub(crate) level: CareLevel,
    /// 認定: months of its length, and months from this month till it ends.
    pub(crate) months: (i64, i64),
    /// 負担割合.
    pub(crate) tenths: u8,
    /// What is to be seen here.
    pub(crate) note: &'static str,
}

impl Demo {
    /// The name with an ordinary space.
    pub(crate) fn plain_name(&self) -> String {
        self.name.replace('\u{3000}', " ")
    }
}

/// The good card of the newer generation.
pub(crate) static HANAKO: Demo = Demo {
    cards: &["hanako", "last-try", "blocked"],
    name: "山田　花子",
    kana: "ヤマダ　ハナコ",
    birth: "1940-03-02",
    female: true,
    address: "群馬県伊勢崎市連取町９９９９番地１",
    insured: "0000012345",
    level: CareLevel::Care2,
    months: (12, 4),
    tenths: 1,
    note: "5種類の情報がすべてそろっている人",
};

/// The good card of the older generation.
pub(crate) static TARO: Demo = Demo {
    cards: &["taro"],
    name: "星野　太郎",
    kana: "ホシノ　タロウ",
    birth: "1936-11-08",
    female: false,
    address: "群馬県伊勢崎市境百々９９９９番地２",
    insured: "0000023456",
    level: CareLevel::Care1,
    months: (24, 1),
    tenths: 2,
    note: "認定の期限が近く、負担割合が年度の途中で変わった人",
};

/// The expired card.
pub(crate) static KIYOSHI: Demo = Demo {
    cards: &["expired"],
    name: "関口　清",
    kana: "セキグチ　キヨシ",
    birth: "1932-05-20",
    female: false,
    address: "群馬県伊勢崎市国定町９９９９番地３",
    insured: "0000034567",
    level: CareLevel::Care4,
    months: (36, 14),
    tenths: 1,
    note: "特別養護老人ホームに入所している人",
};

/// The revoked card.
pub(crate) static SACHIKO: Demo = Demo {
    cards: &["revoked"],
    name: "新井　幸子",
    kana: "アライ　サチコ",
    birth: "1948-09-15",
    female: true,
    address: "群馬県伊勢崎市波志江町９９９９番地４",
    insured: "0000045678",
    level: CareLevel::Support1,
    months: (12, 9),
    tenths: 3,
    note: "要支援1、3割負担の人",
};

/// The card of somebody who is not in the registers.
pub(crate) static MIDORI: Demo = Demo {
    cards: &[],
    name: "緑川　みどり",
    kana: "ミドリカワ　ミドリ",
    birth: "1950-01-30",
    female: true,
    address: "群馬県伊勢崎市茂呂町９９９９番地５",
    insured: "0000056789",
    level: CareLevel::None,
    months: (0, 0),
    tenths: 1,
    note: "介護保険に登録のない人",
};

/// Those who are seeded.
pub(crate) static ALL: [&Demo; 4] = [&HANAKO, &TARO, &KIYOSHI, &SACHIKO];
