//! The web interface that the binary carries: its page for every address that is not the API's, its parts by their names.

use std::collections::HashMap;
use std::sync::OnceLock;

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, VARY};
use actix_web::{HttpRequest, HttpResponse};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::pages;
use crate::wire::takes;

/// What `build.rs` left; nothing where the API was built alone.
static BUILT: Dir<'_> = include_dir!("$OUT_DIR/frontend");

/// A file with the forms it was compressed to when it was built.
struct File {
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
    /// Strong; the encodings have tags of their own.
    tag: String,
    kind: &'static str,
    /// Its name changes with what is in it.
    named_by_content: bool,
}

fn files() -> &'static HashMap<&'static str, File> {
    static FILES: OnceLock<HashMap<&'static str, File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut found = HashMap::new();
        gather(&BUILT, &mut found);
        found
    })
}

fn gather(dir: &Dir<'static>, found: &mut HashMap<&'static str, File>) {
    for file in dir.files() {
        let Some(path) = file.path().to_str() else { continue };
        let Some(kind) = kind(path) else { continue };
        let sibling = |ending: &str| BUILT.get_file(format!("{path}.{ending}")).map(include_dir::File::contents);
        let tag = Sha256::digest(file.contents()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let named_by_content = path.starts_with("assets/");
        found.insert(path, File { plain: file.contents(), brotli: sibling("br"), gzip: sibling("gz"), tag, kind, named_by_content });
    }
    for dir in dir.dirs() {
        gather(dir, found);
    }
}

/// The kind of a file by its ending; the compressed forms have none of their own.
fn kind(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// Whether an address is the interface's: not the API's, and no question of a machine.
pub(super) fn answers(req: &HttpRequest) -> Option<HttpResponse> {
    let path = req.path();
    if req.method() != Method::GET || path.starts_with("/api") {
        return None;
    }
    if let Some(file) = files().get(path.trim_start_matches('/')).filter(|_| path != "/index.html") {
        return Some(answer(file, req.headers()));
    }
    // A part that is gone is told so: a page in its place would be taken for a script.
    let wants_page = header(req.headers(), ACCEPT).contains("text/html");
    if path != "/" && (path.starts_with("/assets/") || !wants_page) {
        return None;
    }
    Some(files().get("index.html").map_or_else(pages::plain_front, |page| answer(page, req.headers())))
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn answer(file: &File, asked: &HeaderMap) -> HttpResponse {
    let (body, coding) = match (file.brotli, file.gzip) {
        (Some(body), _) if takes(asked, "br") => (body, Some("br")),
        (_, Some(body)) if takes(asked, "gzip") => (body, Some("gzip")),
        _ => (file.plain, None),
    };
    let tag = format!("\"{}{}\"", file.tag, coding.map(|coding| format!("-{coding}")).unwrap_or_default());
    let same = header(asked, IF_NONE_MATCH).split(',').any(|one| one.trim() == tag);
    let mut response = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, tag))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CACHE_CONTROL, if file.named_by_content { "public, max-age=31536000, immutable" } else { "no-cache" }))
        .content_type(file.kind);
    if same {
        return response.finish();
    }
    if let Some(coding) = coding {
        response.insert_header((CONTENT_ENCODING, coding));
    }
    response.body(body)
}
