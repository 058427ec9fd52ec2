//! What restless does, feature by feature, seen through HTTP. Numbers such as `W20` are rules of JSON:API, told in `docs/rules.md`.

mod backends;
mod browser;
mod client;
mod conformance;
mod expected;
mod logged;
mod models;
mod report;
/// The quickstart's tables, where its models look for them.
#[path = "../../../examples/quickstart/src/schema.rs"]
mod schema;
mod server;

mod application;
mod attacks;
mod attributes;
mod classic;
mod create;
mod database;
mod delete;
mod errors;
mod fetch_collection;
mod fetch_resource;
mod fields;
mod functions;
mod http;
mod keys;
mod links;
mod mounting;
mod negotiation;
mod presentation;
mod processors;
mod query;
mod query_parameters;
mod relationships;
mod replay;
mod resilience;
mod robustness;
mod rules;
mod settings;
mod statements;
mod tables;
mod typed;
mod update;
mod values;
