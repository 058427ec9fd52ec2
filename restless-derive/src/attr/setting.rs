//! Names and defaults of single settings, for messages that name one beside another.

/// Makes `setting!(name page_size)` the name, checked to be one, and `setting!(default page_size)` the core's default.
macro_rules! lookup {
    (
        settings { $($(#[$about:meta])* $name:ident { form: $form:literal, kind: $kind:ident, default: $default:expr, $($rest:tt)* })* }
        $($others:tt)*
    ) => {
        macro_rules! setting {
            $(
                (name $name) => { stringify!($name) };
                (default $name) => { $default };
            )*
        }
    };
}

restless_settings::table!(lookup);
pub(crate) use setting as find;
