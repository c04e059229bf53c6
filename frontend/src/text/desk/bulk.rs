//! Words of entering many lines by file.

use super::fact;
use domain::calendar::DateError;
use domain::certification::record::{Column, RecordFileError, RecordFinding, RecordProblem};
use domain::import::{CsvError, Problem};
use domain::upstream::{BulkMode, BulkResult};

catalogue! {
    /// Words of entering by file.
    Bulk, bulk {
        title: "CSVファイルで一括入力",
        lead: "1行に1つの事実(申請、調査日、結果など)を書いたCSVファイルを選びます。内容はまずこのパソコンで確かめ、次に介護情報基盤で確かめます。あなたが「入力する」を押すまで、何も入力されません。",
        columns: "1行目の見出し(順番は自由。英語の名前でも読めます)",
        columns_more: "必要なのは、保険者番号・被保険者番号・申請番号・種別・年月日です。文字コードはUTF-8とシフトJIS(CP932)のどちらも読めます。",
        template: "空のファイルを保存",
        template_file: "nintei-ikkatsu.csv",
        template_saved: "空のファイルを保存しました。",
        template_not_saved: "保存できませんでした。ブラウザのダウンロードの設定を確かめてください。",
        choose: "CSVファイル",
        unreadable: "ファイルの文字を読めません",
        unreadable_next: "表計算ソフトで「CSV UTF-8」を選んで保存し直してください。",
        large: "ファイルが大きすぎます",
        large_next: "2,000行までのファイルに分けてください。",
        wrong_file: "このファイルは読めません",
        empty_next: "見出しの下に、1行以上書いてください。",
        other: "別のファイルを選ぶ",
        mode: "合わない行があるとき",
        whole: "すべての行がそろうまで、1行も入力しない",
        whole_more: "合わない行が1つでもあれば、何も入りません。",
        each: "合う行だけを入力する",
        each_more: "合わない行は入らず、この画面に残ります。",
        preview: "どうなるかを確かめる",
        previewing: "確かめています",
        enter: "入力する",
        entering: "入力しています",
        stopped: "まだ入力されていません。",
        stopped_more: "もう一度押してください。同じ行が前に入っていれば「もう入っています」と出て、二重には入りません。",
        held: "合わない行があるので、すべてそろうまで入力できません。ファイルを直して選び直すか、「合う行だけを入力する」を選んでください。",
        nothing: "入力できる行がありません。ファイルを直して、選び直してください。",
        findings: "直す行と注意",
        lines: "行ごとの結果",
        line: "行",
        case: "申請番号・被保険者番号",
        content: "内容",
        result: "結果",
        unread: "読めません",
        ready: "まだ確かめていません",
        back: "受付の一覧へ",
        error: "誤り",
        warning: "注意",
        done: "入力しました",
        done_none: "何も入力していません",
        looked: "まだ何も入力していません。どうなるかだけを確かめました。",
    }
}

/// 5行目 被保険者番号「123」:…
pub fn finding(line: usize, finding: &RecordFinding) -> String {
    let raw = if finding.raw.is_empty() { String::new() } else { ["「", &finding.raw, "」"].concat() };
    [&line.to_string(), "行目 ", finding.column.name(), &raw, ":", &problem(&finding.problem)].concat()
}

fn problem(problem: &RecordProblem) -> String {
    let fixed = match problem {
        RecordProblem::Field(problem) => return field(problem),
        RecordProblem::Repeats { line } => return [&line.to_string(), "行目と同じ内容です"].concat(),
        RecordProblem::Contradicts { line } => {
            return [&line.to_string(), "行目と同じ申請・種別・履歴番号で、内容が違います"].concat();
        }
        RecordProblem::Code => "決められた名前か記号ではありません",
        RecordProblem::CaseNo => "申請番号は、英数字とハイフンで20字までです",
        RecordProblem::HistoryNo => "履歴番号は、0以上の整数です",
        RecordProblem::Time => "日時として読めません(例:2026-11-22T14:05:07+09:00)",
        RecordProblem::Long => "400字までにしてください",
        RecordProblem::NotOfKind => "この種別では使わない列です。空にしてください",
        RecordProblem::Level => "認定する要介護状態区分ではありません",
    };
    fixed.to_owned()
}

fn field(problem: &Problem) -> String {
    match problem {
        Problem::Missing => "空です".to_owned(),
        Problem::Number(error) => error.to_string(),
        Problem::Date(DateError::NoSuchDay) => "その日付はありません".to_owned(),
        Problem::CheckDigit { .. } => {
            "検査数字が合いません。打ち間違いでなければ、このまま進めます".to_owned()
        }
        Problem::ZerosAdded => "頭の0を補いました".to_owned(),
        _ => "読めません".to_owned(),
    }
}

/// Why a file cannot be taken at all.
pub fn file_error(error: &RecordFileError) -> String {
    match error {
        RecordFileError::Empty => "ファイルが空です。".to_owned(),
        RecordFileError::Csv(CsvError::OpenQuote { line }) => {
            [&line.to_string(), "行目で始まった引用符「\"」が閉じていません。"].concat()
        }
        RecordFileError::Headings { missing } => {
            let names: Vec<&str> = missing.iter().map(|column| column.name()).collect();
            ["1行目の見出しに「", &names.join("」「"), "」がありません。"].concat()
        }
        RecordFileError::HeadingTwice(column) => ["見出し「", column.name(), "」が2つあります。"].concat(),
    }
}

/// What became of a line, or would; the words after it.
pub fn result(result: &BulkResult, preview: bool) -> String {
    let (did, would) = match result {
        BulkResult::Begun => ("新しい申請として入りました", "新しい申請として入ります"),
        BulkResult::Entered => ("入りました", "入ります"),
        BulkResult::Replaced(event) => {
            let verb = if preview { "置き換えます" } else { "置き換えました" };
            return ["前の値「", &fact::fact(&event.fact), "」を", verb, "(前の値は履歴に残ります)"].concat();
        }
        BulkResult::Known => ("もう入っています", "もう入っています"),
        BulkResult::Older(event) => {
            return ["これより新しい「", &fact::fact(&event.fact), "」が入っています。そのままにします"]
                .concat();
        }
        BulkResult::HeldBack => {
            ("ほかの行が合わないため、入れていません", "ほかの行が合わないため、入りません")
        }
        BulkResult::Refused(found) => {
            let why: Vec<String> = found.iter().map(|one| fact::contradiction(*one)).collect();
            return ["入りません:", &why.join("、")].concat();
        }
    };
    if preview { would } else { did }.to_owned()
}

/// 38行が入ります。2行は合いません。
pub fn outlook(good: usize, known: usize, bad: usize, unread: usize, preview: bool) -> String {
    let verb = if preview { "行が入ります。" } else { "行が入りました。" };
    let parts = [
        (good, verb),
        (known, "行は変わりません。"),
        (bad, "行は合わないか、見合わせています。"),
        (unread, "行は読めません。"),
    ];
    parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .flat_map(|(count, words)| [count.to_string(), words.to_owned()])
        .collect()
}

/// 40行を読みました。2行は読めません。
pub fn read(good: usize, unread: usize) -> String {
    let mut said = [&good.to_string(), "行を読みました。"].concat();
    if unread > 0 {
        said = said + &unread.to_string() + "行は読めません。";
    }
    said
}

/// The value of a mode in the form.
pub fn mode(mode: BulkMode) -> &'static str {
    match mode {
        BulkMode::AllOrNothing => "whole",
        BulkMode::EachLine => "each",
    }
}

/// The headings of a file, as they are written in an empty one.
pub fn heads() -> String {
    Column::ALL.map(Column::name).join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::certification::{Contradiction, Step};

    #[test]
    fn a_finding_names_line_and_column() {
        let one =
            RecordFinding { column: Column::Kind, raw: "調査日".into(), problem: RecordProblem::Code };
        assert_eq!(finding(4, &one), "4行目 種別「調査日」:決められた名前か記号ではありません");
    }

    #[test]
    fn what_would_be_is_not_said_as_done() {
        assert_eq!(result(&BulkResult::Entered, true), "入ります");
        assert_eq!(result(&BulkResult::Entered, false), "入りました");
        let refused = BulkResult::Refused(vec![Contradiction::Future(Step::Opinion)]);
        assert_eq!(
            result(&refused, true),
            "入りません:意見書受領日が今日より後です。済んだ日を入力してください"
        );
        assert_eq!(outlook(38, 0, 2, 0, true), "38行が入ります。2行は合わないか、見合わせています。");
    }
}
