//! CP932 (Windows-31J), which the Encoding Standard calls `shift_jis`.
//!
//! Browsers decode it and do not encode it. The table is therefore made from a decoder: every pair of bytes
//! is decoded once, and what a character came from is what it is written as. Nothing of it has to be loaded,
//! and nothing can be written that would be read as something else.

/// Characters with the bytes they are written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cp932 {
    /// In the order of the characters; one byte stands in the low half.
    table: Vec<(char, u16)>,
}

/// Characters that CP932 does not have, each once, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside(pub String);

impl Cp932 {
    /// From a decoder that puts U+FFFD for what means nothing. `None` when it is no decoder of CP932.
    pub fn from_decoder(decode: impl Fn(&[u8]) -> Option<String>) -> Option<Self> {
        let mut table = Vec::with_capacity(8_000);
        // Half-width katakana.
        take(&mut table, &decode, 0xA1..=0xDF, None)?;
        for lead in (0x81..=0x9F).chain(0xE0..=0xFC) {
            // ED and EE hold the same characters as FA to FC, which Windows writes; F0 to F9 are each
            // computer's own (外字) and mean nothing elsewhere.
            if !matches!(lead, 0xED | 0xEE | 0xF0..=0xF9) {
                take(&mut table, &decode, 0x40..=0xFC, Some(lead))?;
            }
        }
        // Of characters that stand twice the first is written (NEC's row 13, and ∵ ¬ ∪ of the standard).
        table.sort_by_key(|(c, _)| *c);
        table.dedup_by_key(|(c, _)| *c);
        let sane = |c, bytes| table.binary_search(&(c, bytes)).is_ok();
        (sane('あ', 0x82A0) && sane('ｱ', 0xB1) && sane('髙', 0xFBFC)).then_some(Self { table })
    }

    /// The bytes of a text.
    ///
    /// # Errors
    /// With the characters that cannot be written.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, Outside> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut outside = String::new();
        for c in text.chars() {
            match (u8::try_from(c), self.table.binary_search_by_key(&c, |(known, _)| *known)) {
                (Ok(byte), _) if byte.is_ascii() => bytes.push(byte),
                (_, Ok(at)) => {
                    let pair = self.table.get(at).map_or(0, |(_, pair)| *pair).to_be_bytes();
                    bytes.extend(pair.into_iter().skip_while(|byte| *byte == 0));
                }
                (_, Err(_)) if outside.contains(c) => {}
                (_, Err(_)) => outside.push(c),
            }
        }
        if outside.is_empty() { Ok(bytes) } else { Err(Outside(outside)) }
    }
}

/// Decodes all pairs of a lead byte (or single bytes) in one go, a line each.
fn take(
    table: &mut Vec<(char, u16)>,
    decode: &impl Fn(&[u8]) -> Option<String>,
    trails: std::ops::RangeInclusive<u8>,
    lead: Option<u8>,
) -> Option<()> {
    let trails: Vec<u8> = trails.filter(|trail| *trail != 0x7F).collect();
    let lines: Vec<u8> = trails.iter().flat_map(|trail| lead.into_iter().chain([*trail, b'\n'])).collect();
    let text = decode(&lines)?;
    let found: Vec<&str> = text.lines().collect();
    if found.len() != trails.len() {
        return None;
    }
    for (trail, line) in trails.iter().zip(found) {
        let mut chars = line.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && c != '\u{FFFD}'
        {
            table.push((c, u16::from(lead.unwrap_or(0)) << 8 | u16::from(*trail)));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::SHIFT_JIS;

    fn table() -> Cp932 {
        Cp932::from_decoder(|bytes| Some(SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned()))
            .unwrap()
    }

    /// Every character there is, against the encoder of the Encoding Standard. It also writes three
    /// look-alikes as something else (¥ ‾ −) and private characters; those are refused here.
    #[test]
    fn the_same_bytes_as_encoding_rs_for_every_character() {
        let table = table();
        let mut written = 0;
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            let (bytes, _, failed) = SHIFT_JIS.encode(&text);
            let refused = failed || matches!(c, '\u{80}' | '¥' | '‾' | '\u{2212}' | '\u{E000}'..='\u{F8FF}');
            match table.encode(&text) {
                Ok(ours) => {
                    assert!(!refused && ours == *bytes, "{c:?} {ours:x?} {bytes:x?}");
                    written += 1;
                }
                Err(Outside(found)) => assert!(refused && found == text, "{c:?}"),
            }
        }
        assert!(written > 7_000, "{written}");
    }

    #[test]
    fn what_cannot_be_written_is_named_once() {
        let table = table();
        assert_eq!(table.encode("髙﨑①Ⅰ〜").unwrap_err(), Outside("〜".into()));
        assert_eq!(table.encode("𠮷野家の𠮷と鷗").unwrap_err(), Outside("𠮷鷗".into()));
        assert_eq!(table.encode("ｱ亜,\r\n").unwrap(), [0xB1, 0x88, 0x9F, b',', b'\r', b'\n']);
    }

    #[test]
    fn another_decoder_makes_no_table() {
        assert_eq!(Cp932::from_decoder(|bytes| Some(String::from_utf8_lossy(bytes).into_owned())), None);
        assert_eq!(Cp932::from_decoder(|_| None), None);
    }
}
