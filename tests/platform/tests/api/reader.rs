//! The practice reader on its WebSocket (docs/api.md §6).

use crate::world::World;
use futures_util::{SinkExt, StreamExt};
use kakehashi_card::frame::{Frame, Kind};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(world: &World, origin: &'static str) -> Result<Socket, Error> {
    let mut request = format!("ws://{}/reader", world.extras()).into_client_request()?;
    request.headers_mut().insert("origin", origin.parse().unwrap());
    Ok(connect_async(request).await?.0)
}

async fn next(socket: &mut Socket) -> Frame {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            return Frame::decode(&bytes).unwrap();
        }
    }
}

/// Sends a practice command and waits for its answer; the reader may say other things before.
async fn practise(socket: &mut Socket, command: &str) -> serde_json::Value {
    let frame = Frame::new(Kind::Practice, 0, command.as_bytes());
    socket.send(Message::Binary(frame.encode().into())).await.unwrap();
    loop {
        let frame = next(socket).await;
        if frame.kind == Kind::PracticeAnswer {
            return serde_json::from_slice(&frame.data).unwrap();
        }
    }
}

#[tokio::test]
async fn it_greets_lists_and_takes_cards() {
    let world = World::start().await;
    let mut socket = connect(&world, "http://127.0.0.1:8480").await.unwrap();
    let greeting = next(&mut socket).await;
    assert_eq!((greeting.kind, greeting.endpoint), (Kind::ControlAnswer, 0));
    assert_eq!(greeting.data[..2], [18, 1], "a device descriptor");
    let desk = practise(&mut socket, r#"{"list":true}"#).await;
    let ids: Vec<&str> =
        desk["cards"].as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap()).collect();
    for id in ["hanako", "taro", "expired", "revoked", "foreign", "unbound", "blocked", "last-try", "other"] {
        assert!(ids.contains(&id), "{id}");
    }
    let desk = practise(&mut socket, r#"{"insert":"hanako"}"#).await;
    assert_eq!(desk["inserted"], "hanako");
    // A second desk has a reader of its own; a card is in one place only.
    let mut second = connect(&world, "http://localhost:8480").await.unwrap();
    assert!(practise(&mut second, r#"{"insert":"hanako"}"#).await["inserted"].is_null());
    assert_eq!(practise(&mut second, r#"{"insert":"taro"}"#).await["inserted"], "taro");
    world.stop().await;
}

#[tokio::test]
async fn pages_elsewhere_are_turned_away() {
    let world = World::start().await;
    for origin in ["https://evil.example", "http://127.0.0.1.evil.example:80", "null"] {
        assert!(matches!(connect(&world, origin).await, Err(Error::Http(_))), "{origin}");
    }
    world.stop().await;
}
