//! How much of a contact a call list shows; pure.

/// A name as staff see it: the first character, and never how long the rest is.
pub(super) fn masked_name(name: &str) -> String {
    name.trim().chars().take(1).chain("**".chars()).collect()
}

/// A phone as staff see it: `138****1234`; a number too short to be cut shows nothing but stars.
pub(super) fn masked_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.trim().chars().collect();
    match digits.len() {
        0..8 => "****".to_owned(),
        length => digits[..3].iter().chain(&['*'; 4]).chain(&digits[length - 4..]).collect(),
    }
}
