//! The staff's single-page app.
fn main() {}
