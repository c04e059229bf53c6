//! The page that says what this is, and how to try it.

use crate::layout;
use crate::seed::{DemoPerson, SignIn};
use crate::state::Shared;
use axum::extract::State;
use axum::response::Html;
use kakehashi_card::CardFile;
use serde::de::DeserializeOwned;
use std::path::Path;

/// A page with the sandbox's band on top.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    /// Loads itself anew every two seconds.
    pub(super) refresh: bool,
    pub(super) body: &'a str,
}

impl Page<'_> {
    pub(super) fn html(self) -> Html<String> {
        let Self { title, refresh, body } = self;
        let refresh = if refresh { "<meta http-equiv=refresh content=2>" } else { "" };
        Html(format!(
            "<!doctype html><html lang=ja><meta charset=utf-8>\
             <meta name=viewport content=\"width=device-width\">{refresh}<title>{title} — 練習用</title>\
             <style>{STYLE}</style><header>練習用サンドボックス。ここの人物・番号・証明書はすべて架空です。</header>\
             <main><h1>{title}</h1>{body}</main></html>"
        ))
    }
}

const STYLE: &str = "body{margin:0;font:16px/1.7 sans-serif;color:#1a1a1a;background:#fff}\
    header{background:#ffd43d;padding:.5rem 1rem;font-weight:bold}main{max-width:64rem;margin:0 auto;padding:1rem}\
    table{border-collapse:collapse;width:100%;margin:0 0 2rem}caption{text-align:left;padding:.5rem 0}\
    th,td{border:1px solid #949494;padding:.4rem .6rem;text-align:left;vertical-align:top}th{background:#f1f1f4}\
    .code{font:bold 1.5rem/1.2 monospace;letter-spacing:.1em}a{color:#0017c1}";

/// `GET /`
pub(super) async fn index(State(state): State<Shared>) -> Html<String> {
    let layout = &state.layout;
    let sign_in: String = read::<SignIn>(&layout.sign_in())
        .iter()
        .map(|entry| {
            let job = entry.job.map_or("", |job| job.name());
            row(&[&entry.office_name, entry.role.name(), job, &entry.name, &entry.user_id, &entry.password])
        })
        .collect();
    let people: String = read::<DemoPerson>(&layout.people())
        .iter()
        .map(|person| {
            row(&[
                &person.note,
                &format!("{}({})", person.name, person.kana),
                person.insurer.as_str(),
                person.insured.as_str(),
                &person.birth_date.to_string(),
                person.sex.name(),
                &person.cards.join("、"),
            ])
        })
        .collect();
    let cards: String = CardFile::load_dir(&layout.cards())
        .unwrap_or_default()
        .iter()
        .map(|card| row(&[&card.id, &card.label, &card.pin, &card.tries_left.to_string()]))
        .collect();
    let body = format!(
        "<p>かけはしの練習相手です。本物の介護情報基盤とはつながっていません。\
         サインインのときの確認コードは<a href=/outbox>送信箱</a>に届きます。</p>\
         <h2>サインイン</h2>{}<h2>番号で調べる人</h2>{}<h2>カード</h2>{}",
        table(&["事業所", "種類", "職種", "名前", "ユーザID", "パスワード"], &sign_in),
        table(&["見どころ", "氏名", "保険者番号", "被保険者番号", "生年月日", "性別", "カード"], &people),
        table(&["カード", "説明", "暗証番号", "残りの回数"], &cards),
    );
    Page { title: "練習用サンドボックス", refresh: false, body: &body }.html()
}

fn read<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    layout::read(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn table(heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=col>{head}")).collect();
    format!("<table><thead><tr>{heads}</thead><tbody>{rows}</tbody></table>")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{}", escape(cell))).collect();
    format!("<tr>{cells}")
}

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(row(&["<b>&\"'"]), "<tr><td>&lt;b&gt;&amp;&quot;&#39;");
    }
}
