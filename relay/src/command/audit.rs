//! `audit`

use super::{Failure, say};
use crate::audit::{check, folder};
use crate::config::Config;

pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let checked = check(&folder(&config.state))?;
    say(&format!("記録は改ざんされていません。{}行、最初の番号は{}。", checked.lines, checked.first))?;
    say(&format!("最後の行のハッシュ: {}", checked.last))?;
    Ok(())
}
