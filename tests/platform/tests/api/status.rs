//! `/api/v1/status`

use crate::world::{KYOTAKU, World};
use http::{Method, StatusCode};
use kakehashi_domain::upstream::{Empty, Status, route};

#[tokio::test]
async fn it_says_what_it_is_and_what_time_it_has() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let status: Status = browser.post(route::STATUS, &Empty {}).await.said().ok();
    assert!(status.sandbox && status.name.contains("サンドボックス"));
    world.clock().shift(3_600);
    let later: Status = browser.post(route::STATUS, &Empty {}).await.said().ok();
    assert_eq!(later.now, status.now.plus(3_600));
    world.stop().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    for path in ["/api/v1/nothing", "/", "/api/v1/status/", "/api/v1/person/0000012345"] {
        let reply = browser.post(path, &Empty {}).await;
        assert_eq!(reply.problem(), (404, "UPS-404".into(), String::new()), "{path}");
    }
    let mut get = browser.request(route::STATUS, &Empty {});
    *get.method_mut() = Method::GET;
    assert_eq!(browser.send(get).await.unwrap().status, StatusCode::NOT_FOUND);
    world.stop().await;
}
