//! What is sent of a file, and what its lines have come to.

use crate::state::{BulkAnswer, BulkDraft};
use domain::upstream::{BulkLine, BulkMode, BulkRequest, BulkResult};

/// More lines are no single request: a relay takes a body of a megabyte at most, and a line with a long
/// reason weighs some four hundred bytes.
pub(super) const MOST_LINES: usize = 2_000;

/// The request for a file; `None` when nothing of it may be sent.
pub(super) fn request(draft: &BulkDraft, preview: bool) -> Option<BulkRequest> {
    if draft.mode == BulkMode::AllOrNothing && !draft.file.is_whole() {
        return None;
    }
    let lines: Vec<BulkLine> = draft
        .file
        .records()
        .filter_map(|(line, record)| {
            Some(BulkLine { line: u32::try_from(line).ok()?, record: record.clone() })
        })
        .collect();
    (!lines.is_empty()).then_some(BulkRequest { lines, mode: draft.mode, preview })
}

/// How many lines are of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Go in.
    pub(super) good: usize,
    /// Change nothing.
    pub(super) known: usize,
    /// Do not go in.
    pub(super) bad: usize,
}

/// Counts them.
pub(super) fn counts(answer: &BulkAnswer) -> Counts {
    let mut counts = Counts::default();
    for line in &answer.response.lines {
        match line.result {
            BulkResult::Begun | BulkResult::Entered | BulkResult::Replaced(_) => counts.good += 1,
            BulkResult::Known | BulkResult::Older(_) => counts.known += 1,
            BulkResult::HeldBack | BulkResult::Refused(_) => counts.bad += 1,
        }
    }
    counts
}

/// Whether the next press enters: it was looked at and something would go in.
pub(super) fn may_enter(draft: &BulkDraft) -> bool {
    draft.answer.as_ref().is_some_and(|answer| answer.preview && counts(answer).good > 0)
}

/// Whether lines have been entered.
pub(super) fn is_done(draft: &BulkDraft) -> bool {
    draft.answer.as_ref().is_some_and(|answer| !answer.preview)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::certification::record::read_csv;
    use domain::certification::{Contradiction, Step};
    use domain::upstream::{BulkOutcome, BulkResponse};

    const FILE: &str = "保険者番号,被保険者番号,申請番号,種別,年月日\n\
        102046,0000000001,R08-1,認定調査,R8.10.14\n102046,0000000002,R08-2,調査,R8.10.14\n\
        102046,0000000003,R08-3,主治医意見書,2026-10-20\n";

    fn draft(mode: BulkMode) -> BulkDraft {
        BulkDraft { name: "f.csv".into(), file: read_csv(FILE).unwrap(), mode, answer: None }
    }

    fn answered(preview: bool, results: Vec<BulkResult>) -> BulkDraft {
        let lines = results.into_iter().zip(2..).map(|(result, line)| BulkOutcome { line, result });
        let response = BulkResponse { entered: !preview, lines: lines.collect() };
        BulkDraft { answer: Some(BulkAnswer { preview, response }), ..draft(BulkMode::EachLine) }
    }

    #[test]
    fn a_file_with_an_unreadable_line_goes_in_parts_only() {
        assert_eq!(request(&draft(BulkMode::AllOrNothing), true), None);
        let request = request(&draft(BulkMode::EachLine), true).unwrap();
        assert!(request.preview);
        assert_eq!(request.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn nothing_is_entered_that_was_not_looked_at() {
        assert!(!may_enter(&draft(BulkMode::EachLine)));
        let refused = BulkResult::Refused(vec![Contradiction::Future(Step::Opinion)]);
        assert!(!may_enter(&answered(true, vec![refused.clone(), BulkResult::Known])));
        let looked =
            answered(true, vec![refused, BulkResult::Entered, BulkResult::Known, BulkResult::HeldBack]);
        assert!(may_enter(&looked) && !is_done(&looked));
        assert_eq!(counts(looked.answer.as_ref().unwrap()), Counts { good: 1, known: 1, bad: 2 });
        let done = answered(false, vec![BulkResult::Begun]);
        assert!(is_done(&done) && !may_enter(&done));
    }
}
