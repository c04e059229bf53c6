//! Wrong servers and wrong clients, to show that the check sees what is wrong.

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutant {
    /// Nothing.
    None,
    /// Every submission is a filing.
    ServerWithoutKeys,
    /// The filing is committed before its key is.
    ServerCommitsInTwo,
    /// What was refused once may be taken the next time.
    ServerForgetsRefusals,
    /// A key that was given up is still taken.
    VoidBurnsNothing,
    /// What went unanswered is sent again under a new key.
    ClientTakesNewKey,
    /// What went unanswered is told as failed.
    ClientCallsSilenceFailure,
    /// What has not come yet is told as failed.
    ClientCallsUnknownFailure,
    /// What seems never to have been sent is given up without asking.
    ClientGivesUpAlone,
    /// What was confirmed before a crash is not taken up again.
    ClientForgets,
}
