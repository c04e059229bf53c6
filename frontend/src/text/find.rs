//! Words of looking a person up.

catalogue! {
    /// Words of looking a person up.
    Find, find {
        title: "利用者を調べる",
        lead: "カードを読み取るか、被保険者証の番号を入力して調べます。どちらでも同じ内容を見られます。",
        numbers_title: "カードなしで調べる",
        person: "被保険者証の内容",
        insurer: "保険者番号",
        insurer_support: "6桁。被保険者証の下の欄にあります。",
        insured: "被保険者番号",
        insured_support: "10桁。被保険者証の上の欄にあります。",
        birth_date: "生年月日",
        birth_support: "例:昭和15年3月2日、S15.3.2、1940-03-02",
        birth_future: "生年月日が今日より後です",
        sex: "性別",
        sex_missing: "性別を選んでください",
        consent: "本人の同意",
        consent_support: "同意の記録は、いつ、だれから、どのようにいただいたかとして残ります。",
        giver: "どなたの同意ですか",
        giver_missing: "どなたの同意かを選んでください",
        giver_person: "本人",
        giver_representative: "家族・代理人",
        method: "どのように同意をいただきましたか",
        method_missing: "同意の方法を選んでください",
        method_spoken: "口頭",
        method_written: "書面",
        search: "調べる",
        searching: "照会しています",
        digit_title: "保険者番号の検査数字が合いません",
        digit_note: "最後の1桁が、ほかの5桁から計算した数字と違います。打ち間違いでなければ、このまま調べられます。",
        digit_go: "このまま調べる",
        digit_mend: "番号を直す",
        causes: "考えられる理由",
        cause_typing: "番号、生年月日、性別のどれかが被保険者証と違う",
        cause_moved: "転入・転出で保険者や番号が変わった",
        cause_new: "新しく認定されたばかりで、まだ登録されていない",
        cause_old_paper: "手元の被保険者証が古い",
    }
}

/// How a typed birth date was understood.
pub fn birth_echo(wareki: &str, gregorian: &str, age: i32) -> String {
    format!("{wareki}({gregorian})生まれ・{age}歳")
}

/// A field is empty.
pub fn field_missing(name: &str) -> String {
    format!("{name}を入力してください")
}

/// A field cannot be read.
pub fn field_wrong(name: &str, why: &str) -> String {
    format!("{name}:{why}")
}
