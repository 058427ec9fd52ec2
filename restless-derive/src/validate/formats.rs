//! Which formats there are, and which of them is the default.

use crate::attr::{Given, setting};
use crate::context::{Context, refusal_with_help};
use crate::model::Model;

const DEFAULT_FORMAT: &str = setting!(name default_format);
const FORMATS: &str = setting!(name formats);

/// Refuses a default that is none of the formats.
pub fn check(model: &Model, context: &Context) {
    let (Some(Given { key, value: default }), Some(formats)) = (&model.keys.default_format, &model.keys.formats) else {
        return;
    };
    if !formats.value.contains(default) {
        let (name, _) = default.names();
        context.refuse(refusal_with_help(
            key,
            format_args!("`{DEFAULT_FORMAT}` is `{name}`, which `{FORMATS}` switches off"),
            format_args!("`{FORMATS}(json_api, classic)`"),
        ));
    }
}
