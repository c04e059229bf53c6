//! The staff's single-page app, as the browser starts it.

fn main() {
    kakehashi_app::start();
}
