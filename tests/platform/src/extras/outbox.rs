//! Mail that a real upstream would have sent.

use super::page::{Page, escape};
use crate::state::Shared;
use axum::Json;
use axum::extract::State;
use axum::response::Html;
use kakehashi_domain::calendar::Time;
use serde::Serialize;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Messages kept.
const KEPT: usize = 100;

/// A one-time password on its way.
#[derive(Clone, Serialize)]
pub(crate) struct Message {
    pub(crate) at: Time,
    pub(crate) to: String,
    pub(crate) user_id: String,
    pub(crate) otp: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Message(…)")
    }
}

/// The latest messages, newest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Mutex<VecDeque<Message>>);

impl Outbox {
    /// Puts a message in.
    pub(crate) fn put(&self, message: Message) {
        let mut messages = self.messages();
        messages.push_front(message);
        messages.truncate(KEPT);
    }

    fn messages(&self) -> MutexGuard<'_, VecDeque<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /outbox.json`
pub(super) async fn json(State(state): State<Shared>) -> Json<Vec<Message>> {
    Json(state.outbox.messages().iter().cloned().collect())
}

/// `GET /outbox`
pub(super) async fn page(State(state): State<Shared>) -> Html<String> {
    let messages: Vec<Message> = state.outbox.messages().iter().take(20).cloned().collect();
    let rows: String = messages
        .iter()
        .map(|message| {
            let Message { at, to, user_id, otp } = message;
            let (to, user_id) = (escape(to), escape(user_id));
            format!("<tr><td>{at}</td><td>{user_id}</td><td>{to}</td><td class=code>{otp}</td></tr>")
        })
        .collect();
    let body = if rows.is_empty() {
        "<p>まだ確認コードは送られていません。サインインの画面でユーザIDとパスワードを入れると、ここに届きます。</p>".to_owned()
    } else {
        format!(
            "<table><caption>新しい順。5分間、1回だけ使えます。</caption>\
             <thead><tr><th scope=col>時刻<th scope=col>ユーザID<th scope=col>あて先<th scope=col>確認コード</thead>\
             <tbody>{rows}</tbody></table>"
        )
    };
    Page { title: "確認コードの送信箱", refresh: true, body: &body }.html()
}
