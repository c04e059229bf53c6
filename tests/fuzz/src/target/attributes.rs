//! 基本4情報 as the card writes them.

use ccid::myna::Attributes;
use ccid::tlv::Header;

pub(crate) fn run(data: &[u8]) {
    let Ok(read) = Attributes::parse(data) else { return };
    assert!(read.name().len() + read.address().len() <= 2 * data.len());
    if let Some((_, month, day)) = read.birth() {
        assert!((1..=12).contains(&month) && (1..=31).contains(&day));
    }
    // What is told stands in the file.
    for text in [read.name(), read.address()] {
        let text = text.as_bytes();
        assert!(text.is_empty() || data.windows(text.len()).any(|window| window == text));
    }
    let _ = read.sex();
    // A file that ends before it says is none.
    let whole = Header::parse(data).map_or(0, |header| header.total());
    assert!(whole > 0 && Attributes::parse(&data[..whole - 1]).is_err(), "half a file is read");
}
