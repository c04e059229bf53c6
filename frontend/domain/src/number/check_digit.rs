//! モジュラス10 ウェイト2-1分割: the check digit of insurer and office numbers.

/// What the check digit says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// It agrees.
    Agrees,
    /// It does not: most likely one digit was mistyped.
    Differs {
        /// The digit that would agree, 0–9.
        expected: u8,
    },
}

/// The digit for a body of values (letters of office numbers count from 10), left to right.
///
/// From the right-most value, multiply by 2, 1, 2, 1…; split every product into its digits; the digit
/// is what is missing to the next multiple of ten (厚労省 保険者番号設定要領; 総合事業における事業所番号の考え方).
pub(super) fn digit(body: impl DoubleEndedIterator<Item = u32>) -> u8 {
    let sum: u32 = body
        .rev()
        .enumerate()
        .map(|(at, value)| {
            let product = value * if at % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or_default()
}

/// Compares a number's last character with the digit of the rest.
pub(super) fn compare(values: &[u32]) -> CheckDigit {
    let Some((last, body)) = values.split_last() else { return CheckDigit::Agrees };
    let expected = digit(body.iter().copied());
    if u32::from(expected) == *last { CheckDigit::Agrees } else { CheckDigit::Differs { expected } }
}
