//! The list behind a number.

use serde_json::Value;

use crate::support::client::Client;

/// How many orders `GET /orders` lists with these parameters, all pages together.
async fn listed(client: &Client, filter: &Value) -> i64 {
    let parameters: Vec<String> = filter
        .as_object()
        .expect("a filter is an object")
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    let path = format!("/orders?limit=2&{}", parameters.join("&"));
    let (mut count, mut after) = (0, String::new());
    loop {
        let page = client.get(&format!("{path}{after}")).await.expect(200);
        count += page.items().len() as i64;
        match page.json["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return count,
        }
    }
}

/// Goes through a report and asks for the list behind each of its numbers; gives how many numbers above 0 it met.
pub async fn every_number_is_the_length_of_its_list(client: &Client, report: &Value) -> usize {
    let (mut open, mut met) = (vec![report], 0);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => {
                for (number, filter) in [("count", "filter"), ("late", "late_filter")] {
                    if let (Some(number), Some(filter)) = (fields.get(number).and_then(Value::as_i64), fields.get(filter).filter(|filter| filter.is_object())) {
                        assert_eq!(listed(client, filter).await, number, "{filter}");
                        met += usize::from(number > 0);
                    }
                }
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    met
}
