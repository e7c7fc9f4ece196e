//! What is the same for everyone is compressed for whoever asks namelessly, and nothing else ever is.

use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::orders::world::{World, make_by_token, order};
use crate::support::client::Answer;

/// What is told everyone alike.
const OPEN: [&str; 12] = [
    "/fields",
    "/divisions",
    "/holidays?year=2026",
    "/organisations?limit=100",
    "/organisations?kind=team",
    "/venues",
    "/plans",
    "/plans/youyi-2021/tasks",
    "/plans/youyi-2021/targets",
    "/intake?division_code=230522100003",
    "/consents/current",
    "/api/openapi.json",
];

fn unpacked(answer: &Answer) -> Value {
    let mut text = String::new();
    GzDecoder::new(answer.bytes.as_ref()).read_to_string(&mut text).expect("it is gzip");
    serde_json::from_str(&text).expect("and JSON within")
}

#[actix_web::test]
async fn what_is_told_everyone_alike_is_gzip_for_who_takes_it_and_asks_namelessly() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let mut packed = 0;
    for path in OPEN {
        let plain = visitor.get(path).await.expect(200);
        assert_eq!((plain.header("content-encoding"), plain.header("vary"), plain.header("etag")), (None, Some("Accept-Encoding"), None), "{path}");
        for refused in ["br", "identity", "gzip;q=0", "br, gzip; q=0.0"] {
            let answer = visitor.get(path).header("Accept-Encoding", refused).await.expect(200);
            assert_eq!((answer.header("content-encoding"), &answer.json), (None, &plain.json), "{path}: {refused}");
        }
        let answer = visitor.get(path).header("Accept-Encoding", "br, gzip;q=0.8").await.expect(200);
        assert_eq!((answer.header("vary"), answer.header("content-type")), (Some("Accept-Encoding"), Some("application/json")), "{path}");
        if plain.bytes.len() < 1024 {
            assert_eq!((answer.header("content-encoding"), &answer.json), (None, &plain.json), "{path} is small");
            continue;
        }
        assert_eq!(answer.header("content-encoding"), Some("gzip"), "{path}");
        assert_eq!(unpacked(&answer), plain.json, "{path}");
        assert!(answer.bytes.len() * 5 < plain.bytes.len() * 3, "{path}: {} of {}", answer.bytes.len(), plain.bytes.len());
        packed += 1;
        // The same, asked by somebody who says who they are.
        let signed_in = world.town.get(path).header("Accept-Encoding", "gzip").await.expect(200);
        assert_eq!((signed_in.header("content-encoding"), &signed_in.json), (None, &plain.json), "{path} for somebody signed in");
        let by_token = visitor.get(path).header("Accept-Encoding", "gzip").header("Track-Token", "a-token-of-an-order").await.expect(200);
        assert_eq!(by_token.header("content-encoding"), None, "{path} with a token");
    }
    assert!(packed >= 6, "{packed} were packed");
}

#[actix_web::test]
async fn nothing_that_is_told_one_person_is_ever_compressed() {
    let world = World::new().await;
    let mut long = order();
    long["details"] = Value::from("想学心肺复苏".repeat(150));
    let visitor = world.app.visitor();
    let ordered = visitor.post("/orders", long.clone()).header("Accept-Encoding", "gzip").await.expect(201);
    assert!(ordered.bytes.len() > 1024);
    assert_eq!((ordered.header("content-encoding"), ordered.header("vary")), (None, None));
    let (id, token) = (ordered.id(), ordered.json["track_token"].as_str().unwrap_or_default().to_owned());
    let read = visitor.get(&format!("/orders/{id}")).header("Track-Token", &token).header("Accept-Encoding", "gzip").await.expect(200);
    assert!(read.bytes.len() > 1024);
    assert_eq!((read.header("content-encoding"), read.etag()), (None, "\"1\"".to_owned()));
    // The version that was read is the one that a change names.
    make_by_token(&visitor, &token, id, "withdraw", serde_json::json!({})).await.expect(200);
    for path in ["/orders", "/me", "/notices", &format!("/orders/{id}"), &format!("/organisations/{}", world.team())] {
        let answer = world.town.get(path).header("Accept-Encoding", "gzip").await.expect(200);
        assert_eq!(answer.header("content-encoding"), None, "{path}");
    }
}
