//! How resources travel, and which of the ways an endpoint has.

/// How resources travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Documents of JSON:API 1.1, `application/vnd.api+json`.
    #[default]
    JsonApi,
    /// The flat objects of Flask-Restless 0.17, `application/json`.
    Classic,
}

impl Format {
    /// What the attribute calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Format::JsonApi => "json_api",
            Format::Classic => "classic",
        }
    }
}

impl TryFrom<&str> for Format {
    type Error = String;

    /// Reads `json_api` or `classic`, as the attribute has them.
    ///
    /// ```
    /// use restless_core::Format;
    /// assert_eq!(Format::try_from("classic"), Ok(Format::Classic));
    /// assert!(Format::try_from("xml").is_err());
    /// ```
    fn try_from(text: &str) -> Result<Self, String> {
        match text {
            "json_api" => Ok(Self::JsonApi),
            "classic" => Ok(Self::Classic),
            _ => Err(format!("expected \"json_api\" or \"classic\", found {text:?}")),
        }
    }
}

/// The formats of an endpoint: the one that a client gets that names none and, unless it is switched off, the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Formats {
    pub(crate) default: Format,
    pub(crate) has_other: bool,
}

impl Formats {
    /// Whether it is one of them.
    pub(crate) fn have(self, format: Format) -> bool {
        self.has_other || self.default == format
    }
}
