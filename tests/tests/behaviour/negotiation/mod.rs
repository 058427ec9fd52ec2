//! Content negotiation.

mod accept;
mod content_type;
