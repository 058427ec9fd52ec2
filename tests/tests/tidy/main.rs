//! What a machine can keep of the house rules, kept by a machine. Every failure lists all offenders.

mod attribute_keys;
mod ceilings;
mod commands;
mod documents;
mod imports;
mod layers;
mod lints;
mod report;
mod rules;
mod settings_page;
mod sources;
mod texts;
mod tokens;
