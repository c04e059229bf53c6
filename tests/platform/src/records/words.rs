//! What is found in a file, in sentences.

use kakehashi_domain::certification::Contradiction;
use kakehashi_domain::certification::record::{RecordFileError, RecordFinding, RecordProblem};
use kakehashi_domain::import::{CsvError, Problem};

/// Why a file cannot be read at all.
pub(super) fn file(error: &RecordFileError) -> String {
    match error {
        RecordFileError::Empty => "中身がありません。".to_owned(),
        RecordFileError::Csv(CsvError::OpenQuote { line }) => {
            format!("{line}行目で始まる引用符(\")が閉じていません。")
        }
        RecordFileError::Headings { missing } => {
            let names: Vec<&str> = missing.iter().map(|column| column.name()).collect();
            format!("見出しの行に、必要な列がありません: {}", names.join("、"))
        }
        RecordFileError::HeadingTwice(column) => format!("見出し「{}」が2つあります。", column.name()),
    }
}

/// What is wrong with a field.
pub(super) fn finding(line: usize, finding: &RecordFinding) -> String {
    let why = match finding.problem {
        RecordProblem::Field(problem) => field(problem),
        RecordProblem::Code => "知らないコードです".to_owned(),
        RecordProblem::CaseNo => "申請番号は英数字とハイフンで20文字までです".to_owned(),
        RecordProblem::HistoryNo => "履歴番号は0以上の整数です".to_owned(),
        RecordProblem::Time => "日時として読めません".to_owned(),
        RecordProblem::Long => "400文字を超えています".to_owned(),
        RecordProblem::NotOfKind => "この種別では空にします".to_owned(),
        RecordProblem::Level => "認定する区分ではありません".to_owned(),
        RecordProblem::Repeats { line } => format!("{line}行目と同じ内容です"),
        RecordProblem::Contradicts { line } => format!("{line}行目と同じ番号で内容が違います"),
    };
    let kind = if finding.problem.is_error() { "誤り" } else { "注意" };
    format!("{line}行目 {} [{kind}] {why}", finding.column.name())
}

/// A number or a date.
fn field(problem: Problem) -> String {
    match problem {
        Problem::Missing => "入っていません".to_owned(),
        Problem::Number(error) => error.to_string(),
        Problem::Date(error) => error.to_string(),
        Problem::CheckDigit { expected } => format!("検証番号が合いません({expected}なら合います)"),
        Problem::ZerosAdded => "前に0を補いました".to_owned(),
        _ => "読めません".to_owned(),
    }
}

/// Why a line cannot be taken.
pub(super) fn refused(line: usize, why: &[Contradiction]) -> String {
    let reasons: Vec<String> = why.iter().map(|one| reason(*one)).collect();
    format!("{line}行目 [誤り] {}", reasons.join("、"))
}

/// What does not fit in a case that was taken.
pub(super) fn odd(case_no: &str, odd: Contradiction) -> String {
    format!("申請番号 {case_no} [注意] {}", reason(odd))
}

fn reason(odd: Contradiction) -> String {
    use Contradiction as C;
    match odd {
        C::Disagree(step) => format!("{}に、同じ履歴番号で違う内容があります", step.name()),
        C::NoApplication => "申請の記録がありません".to_owned(),
        C::BeforeApplication(step) => format!("{}が申請日より前です", step.name()),
        C::Future(step) => format!("{}が先の日付です", step.name()),
        C::Order(first, second) => format!("{}が{}より後です", first.name(), second.name()),
        C::Unentered(step) => format!("結果がありますが、{}がありません", step.name()),
        C::AfterEnd(step) => format!("{}が結果より後です", step.name()),
        C::Level => "認定する区分ではありません".to_owned(),
        C::ValidityReversed => "有効期間の終わりが始まりより前です".to_owned(),
        C::ValidityEnd => "有効期間が月末で終わりません".to_owned(),
        C::ValidityStart { expected } => format!("有効期間の始まりは{expected}のはずです"),
        C::ValidityLength { months, least, most } => {
            format!("有効期間が{months}か月です({least}か月から{most}か月まで)")
        }
        C::NoticeBeforeOutcome => "結果より先に通知があります".to_owned(),
        C::Twice(step) => format!("{}が2つあります", step.name()),
        C::Unknown => "この番号の被保険者、または申請はありません".to_owned(),
    }
}
