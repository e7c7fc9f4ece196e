//! Which methods a path takes, asked only after no route took the request: attribute routes answer a bare 404 where a path is
//! known but its method is not.

use actix_web::http::header::HeaderValue;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

/// The templates of all paths that are served.
pub(super) struct Paths(Vec<Known>);

/// A path that is served.
pub(super) struct Known {
    /// As the document writes it: `/api/v1/orders/{id}`.
    pub template: String,
    /// What `Allow` says.
    pub allow: String,
    pub allow_header: HeaderValue,
}

impl Paths {
    /// The document's paths, and others that take GET alone.
    pub(super) fn of(document: &OpenApi, others: &[&str]) -> Self {
        let documented = document.paths.paths.iter().map(|(template, item)| Known::new(template, &methods(item)));
        let mut known: Vec<Known> = documented.chain(others.iter().map(|path| Known::new(path, &["GET"]))).collect();
        // A fixed word is more than a parameter: `/orders/counts` before `/orders/{id}`.
        known.sort_by_key(|known| known.template.matches('{').count());
        Self(known)
    }

    /// The path that this address is.
    pub(super) fn find(&self, path: &str) -> Option<&Known> {
        self.0.iter().find(|known| fits(&known.template, path))
    }
}

impl Known {
    fn new(template: &str, methods: &[&str]) -> Self {
        let mut allowed = methods.to_vec();
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        allowed.push("OPTIONS");
        let allow = allowed.join(", ");
        let allow_header = HeaderValue::from_str(&allow).unwrap_or(HeaderValue::from_static("OPTIONS"));
        Self { template: template.to_owned(), allow, allow_header }
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let all = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
    all.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method).collect()
}

/// Whether an address is of a template; a parameter stands for one part that is not empty.
fn fits(template: &str, path: &str) -> bool {
    let mut wanted = template.split('/');
    let mut given = path.split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(word)) if part.starts_with('{') && !word.is_empty() => {}
            (Some(part), Some(word)) if part == word => {}
            _ => return false,
        }
    }
}
