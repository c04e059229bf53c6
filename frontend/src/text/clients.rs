//! Words of 利用者一覧 and of adding clients by file.

use super::format::grouped;
use domain::calendar::DateError;
use domain::import::{CsvError, Finding, ImportError, Problem};

catalogue! {
    /// Words of 利用者一覧.
    Clients, clients {
        title: "利用者一覧",
        waiting: "利用者一覧を照会しています",
        old_kept: "前に照会した一覧を表示しています。",
        search: "一覧から探す",
        search_support: "かな・氏名・番号。「/」でここに移り、↓で一覧に移ります。",
        filter: "しぼり込み",
        level: "要介護度",
        insurer: "保険者",
        sort: "並び順",
        every: "すべて",
        add: "利用者を加える",
        by_file: "ファイルで加える",
        by_file_more: "CSVファイルから、まとめて加えます。",
        empty: "利用者はまだいません。",
        empty_why: "利用者を加えると、認定や負担割合の期限をここで一度に見られます。加える方法は3つあります。",
        nobody: "あてはまる人はいません。",
        nobody_why: "言葉やしぼり込みを変えてください。",
        clear: "しぼり込みをやめる",
        valid_until: "認定の有効期間",
        share: "負担割合",
        limit: "負担限度額",
        balance: "支給限度額の残り",
        housing: "住宅改修",
        equipment: "福祉用具",
        to_do: "すること",
        none: "なし",
        unknown: "未提供",
        unsure: "確認できず",
        unread: "読み取れない利用者がいます",
        unread_next: "次の人は一覧に出ていません。届いた値をそのまま示しますので、保険者に問い合わせてください。",
        awaited: "認定を申請中",
        right_over: "閲覧期限切れ",
        impossible: "有効期間の終わりが始まりより前です",
        remove: "一覧から外す",
        join: "利用者一覧に加える",
        not_changed: "利用者一覧は変わっていません。",
        back: "利用者一覧へ",
        file_title: "ファイルで利用者を加える",
        file_lead: "表計算ソフトや介護ソフトで作ったCSVファイルを選びます。内容はこのパソコンで確かめ、あなたが始めるまで、どこにも送りません。",
        file_columns: "1行目の見出し(順番は自由)",
        file_heads: "保険者番号,被保険者番号,生年月日,性別,氏名,フリガナ",
        file_columns_more: "氏名とフリガナは、なくてもかまいません。「同意者」「同意の方法」「同意日」の列を加えると、1人ずつの同意として記録します(本人・家族・代理人、口頭・書面、日付)。文字コードはUTF-8とシフトJIS(CP932)のどちらも読めます。",
        file_choose: "CSVファイル",
        file_unreadable: "ファイルの文字を読めません",
        file_unreadable_next: "表計算ソフトで「CSV UTF-8」を選んで保存し直してください。",
        file_large: "ファイルが大きすぎます",
        file_large_next: "2MBまでのファイルを選んでください。",
        file_wrong: "このファイルは取り込めません",
        file_other: "別のファイルを選ぶ",
        preview: "内容の確認",
        mend: "直す行",
        consent_title: "同意の記録",
        consent_support: "1人ずつ、今の時刻で同意を記録してから照会します。",
        consent_all: "加えるすべての人から、介護情報を見ることの同意をいただいています",
        consent_missing: "同意をいただいているかを確かめてください",
        start: "照会して一覧に加える",
        again: "残りをもう一度照会する",
        running: "照会しています",
        stopped: "途中で止まりました",
        stopped_kept: "加えた人は一覧に残っています。残りの人は、あとでもう一度照会できます。",
        done: "終わりました",
        line: "行",
        who: "利用者",
        state: "状態",
        ready: "照会できます",
        added: "加えました",
        already: "もう一覧にいます",
        wrong: "直してください",
    }
}

/// 1,000人中 60人
pub fn shown(found: usize, all: usize) -> String {
    let all_of = grouped(all as u64) + "人";
    if found == all { all_of } else { all_of + "中 " + &grouped(found as u64) + "人" }
}

/// 40人を加えられます。2行は直してください。
pub fn outlook(ready: usize, added: usize, already: usize, wrong: usize, failed: usize) -> String {
    let parts = [
        (added, "人を一覧に加えました。"),
        (ready, "人を照会できます。"),
        (already, "人はもう一覧にいます。"),
        (failed, "人は加えられませんでした。"),
        (wrong, "行は直してください。"),
    ];
    parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count}{words}"))
        .collect()
}

/// 5行目 2列目(被保険者番号)「123」:10桁で入力してください
pub fn finding(line: usize, finding: &Finding) -> String {
    let place = finding.at.map_or_else(String::new, |at| format!(" {at}列目"));
    let raw = if finding.raw.is_empty() { String::new() } else { format!("「{}」", finding.raw) };
    format!("{line}行目{place}({}){raw}:{}", finding.column.name(), problem(&finding.problem))
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Missing => "空です".to_owned(),
        Problem::Number(error) => error.to_string(),
        Problem::Date(DateError::NoSuchDay) => "その日付はありません".to_owned(),
        Problem::Date(_) => "日付として読めません".to_owned(),
        Problem::BornLater => "今日より後の日付です".to_owned(),
        Problem::Sex => "「男」か「女」(1か2)にしてください".to_owned(),
        Problem::Giver => "「本人」か「家族」「代理人」にしてください".to_owned(),
        Problem::Method => "「口頭」か「書面」にしてください".to_owned(),
        Problem::ConsentLater => "今日より後の日付です".to_owned(),
        Problem::Repeats { line } => format!("{line}行目と同じ人です"),
        Problem::CheckDigit { expected } => {
            format!("検査数字が合いません(計算では{expected})。打ち間違いでなければ、このまま照会できます")
        }
        Problem::ZerosAdded => "頭の0を補いました".to_owned(),
        Problem::TooOld => "120歳を超えています。生年月日を確かめてください".to_owned(),
    }
}

/// Why a file cannot be taken at all.
pub fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::Empty => "ファイルが空です。".to_owned(),
        ImportError::Csv(CsvError::OpenQuote { line }) => {
            format!("{line}行目で始まった引用符「\"」が閉じていません。")
        }
        ImportError::Headings { missing } => {
            let names: Vec<&str> = missing.iter().map(|column| column.name()).collect();
            format!("1行目の見出しに「{}」がありません。", names.join("」「"))
        }
        ImportError::HeadingTwice(column) => format!("見出し「{}」が2つあります。", column.name()),
    }
}

/// 使わない列:備考
pub fn unused(names: &[String]) -> String {
    "使わない列:".to_owned() + &names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::import::Column;

    #[test]
    fn a_finding_names_line_and_column() {
        let sex = Finding { column: Column::Sex, at: Some(4), raw: "不明".into(), problem: Problem::Sex };
        assert_eq!(finding(3, &sex), "3行目 4列目(性別)「不明」:「男」か「女」(1か2)にしてください");
        let missing =
            Finding { column: Column::Born, at: None, raw: String::new(), problem: Problem::Missing };
        assert_eq!(finding(9, &missing), "9行目(生年月日):空です");
    }

    #[test]
    fn only_what_there_is_is_counted() {
        assert_eq!(outlook(40, 0, 0, 2, 0), "40人を照会できます。2行は直してください。");
        assert_eq!((shown(60, 1_000).as_str(), shown(7, 7).as_str()), ("1,000人中 60人", "7人"));
    }
}
