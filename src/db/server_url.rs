//! What a `postgres://` URL says about the way to the server: the password apart, the roots of trust, and whether it is safe.

use std::path::Path;

/// Where systems keep the certificates of the authorities that they trust.
const ROOTS: &[&str] = &["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// The URL without its password, and the password.
pub(super) fn without_password(url: &str) -> (String, Option<String>) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let mut password = None;
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user, |(user, given)| {
                password = Some(decoded(given));
                user
            });
            format!("{user}@{host}")
        }
        None => authority.to_owned(),
    };
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("password", given)) => password = Some(decoded(given)),
            _ => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{scheme}://{authority}{path}{query}"), password)
}

/// Percent-decoding; what is no escape stays as it is.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        out.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The URL with the system's roots of trust where the server's certificate is to be checked and nothing says against what: the
/// TLS library in this binary knows no system's folder.
pub(super) fn with_roots(url: &str) -> String {
    let checked = matches!(parameter(url, "sslmode"), Some("verify-full" | "verify-ca"));
    if !checked || parameter(url, "sslrootcert").is_some() || std::env::var_os("PGSSLROOTCERT").is_some() {
        return url.to_owned();
    }
    let own = std::env::var_os("HOME").is_some_and(|home| Path::new(&home).join(".postgresql/root.crt").exists());
    let given = std::env::var("SSL_CERT_FILE").ok().filter(|file| Path::new(file).exists());
    let found = given.or_else(|| ROOTS.iter().find(|file| Path::new(file).exists()).map(|file| (*file).to_owned()));
    match found {
        Some(file) if !own => format!("{url}&sslrootcert={file}"),
        _ => url.to_owned(),
    }
}

/// What is unsafe about the way to the server, in one sentence.
pub(super) fn warning(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = parameter(url, "host").unwrap_or(host);
    let local =
        host.is_empty() || host.starts_with(['/', ':']) || host.starts_with("%2F") || ["localhost", "127.", "[::1]"].iter().any(|near| host.starts_with(near));
    let safe = parameter(url, "sslmode") == Some("verify-full");
    (!local && !safe).then(|| "DATABASE_URL names a server on another machine without sslmode=verify-full: someone in between could read along.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_the_url_wherever_it_stands() {
        assert_eq!(without_password("postgres://k:a%40b@h:5/d?sslmode=require"), ("postgres://k@h:5/d?sslmode=require".to_owned(), Some("a@b".to_owned())));
        assert_eq!(without_password("postgres://k@h/d?password=x&a=b"), ("postgres://k@h/d?a=b".to_owned(), Some("x".to_owned())));
        assert_eq!(without_password("postgres://h/d"), ("postgres://h/d".to_owned(), None));
    }

    #[test]
    fn a_server_elsewhere_is_warned_about_unless_its_certificate_is_checked() {
        assert!(warning("postgres://k@db.example/d").is_some());
        assert!(warning("postgres://k@db.example/d?sslmode=require").is_some());
        assert!(warning("postgres://k@db.example/d?sslmode=verify-full").is_none());
        assert!(warning("postgres://k@127.0.0.1/d").is_none());
        assert!(warning("postgres:///d?host=/run/postgresql").is_none());
    }
}
