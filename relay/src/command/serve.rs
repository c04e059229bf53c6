//! `serve`

use super::{Failure, say};
use crate::Relay;
use crate::config::Config;
use std::path::Path;
use tokio::runtime::Builder;

pub(super) fn run(config: &Config, app: Option<&Path>) -> Result<(), Failure> {
    let mut builder = match config.workers {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    let runtime = builder.worker_threads(config.workers).enable_all().build()?;
    runtime.block_on(async {
        // Before anything is promised: a signal must not find us without ears.
        let stop = stop()?;
        let relay = Relay::bind(config, app).await?;
        say(&format!("ready {}", relay.address()))?;
        tracing::info!(address = %relay.address(), upstream = config.upstream.url, "The relay is listening.");
        relay.run(stop).await;
        tracing::info!("The relay has stopped.");
        Ok(())
    })
}

/// Ctrl-C, or being asked to end.
#[cfg(unix)]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            tracing::warn!("Ctrl-C cannot be heard; end the process to stop the relay.");
            std::future::pending::<()>().await;
        }
    })
}
