//! What the app asks of the browser and of the network. Pages do not call these; they call
//! [`crate::state::App`], which knows who is signed in.

pub mod account;
pub mod alert;
pub mod browser;
pub mod card;
pub mod clock;
pub mod config;
pub mod database;
pub mod device;
pub mod download;
pub mod file;
pub mod http;
pub mod idle;
pub mod json;
pub mod locks;
pub mod machine;
pub mod notices;
pub mod problem;
pub mod relay;
pub mod renewal;
pub mod staff_key;
pub mod upstream;
pub mod vault;
pub mod viewer;
pub mod watch;
