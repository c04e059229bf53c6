//! `enrol`

use super::{Failure, say};
use crate::config::Config;
use crate::enrol::new_code;
use crate::time::now;

pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let code = new_code(&config.state, &config.enrol, now())?;
    tracing::info!(minutes = config.enrol.code_minutes, "The code is good once.");
    Ok(say(&code)?)
}
