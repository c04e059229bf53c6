//! What is being done with the card, for the person who waits.

/// A step of a card check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The card is being started.
    PoweringOn,
    /// The card is asked whether it is a My Number card.
    Recognising,
    /// 利用者証明用証明書 is being read, part by part; the number of parts is known after the first.
    ReadingCertificate {
        /// The part being read, from 1.
        part: u16,
        /// All parts.
        of: Option<u16>,
    },
    /// The four attributes are being read.
    ReadingAttributes,
    /// The card is asked for the tries left.
    AskingTries,
    /// The person's PIN or number is awaited.
    WaitingForPin,
    /// The card checks the PIN or number.
    CheckingPin,
    /// The card signs.
    Signing,
    /// The card is being put to rest.
    Finishing,
    /// The card may be taken away.
    Finished,
}
