//! The README's table of settings is the product's.

use std::collections::BTreeSet;

use kepu::config::SETTINGS;

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_lists_every_setting_with_its_default_and_meaning() {
    let row = |name: &str, default: &str, about: &str| {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        format!("| `{name}` | {default} | {about} |")
    };
    let wanted: Vec<String> = SETTINGS.iter().map(|setting| row(setting.name, setting.default, setting.about)).collect();
    let listed: Vec<&str> =
        README.lines().skip_while(|line| *line != "| setting | default | meaning |").skip(2).take_while(|line| line.starts_with('|')).collect();
    assert_eq!(listed, wanted);
}

#[test]
fn a_setting_is_listed_once() {
    let names: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    assert_eq!(names.len(), SETTINGS.len());
}
