//! Errors by status, and the reasons for which restless itself refuses.

use std::borrow::Cow;
use std::fmt;

use super::{Classic, Error, Status};
use crate::shown::{Shown, shortened};
use crate::value::Mismatch;

/// The code of an error after which a write may have been done or not.
const OUTCOME_UNKNOWN: &str = "outcome_unknown";

/// The title of errors after which another attempt may succeed.
const CONTENDED: &str = "Concurrent change";

/// The code of errors about values that cannot be read.
const UNREADABLE: &str = "unreadable_value";

macro_rules! by_status {
    ($($name:ident $status:ident $code:literal;)*) => {$(
        #[doc = concat!("`", $code, "`, with a detail for the client.")]
        #[must_use]
        pub fn $name(detail: impl Into<Cow<'static, str>>) -> Self {
            Self::new(Status::$status, detail)
        }
    )*};
}

impl Error {
    by_status! {
        bad_request BAD_REQUEST "400 Bad Request";
        unauthorized UNAUTHORIZED "401 Unauthorized";
        forbidden FORBIDDEN "403 Forbidden";
        not_found NOT_FOUND "404 Not Found";
        method_not_allowed METHOD_NOT_ALLOWED "405 Method Not Allowed";
        not_acceptable NOT_ACCEPTABLE "406 Not Acceptable";
        request_timeout REQUEST_TIMEOUT "408 Request Timeout";
        conflict CONFLICT "409 Conflict";
        gone GONE "410 Gone";
        precondition_failed PRECONDITION_FAILED "412 Precondition Failed";
        content_too_large CONTENT_TOO_LARGE "413 Content Too Large";
        unsupported_media_type UNSUPPORTED_MEDIA_TYPE "415 Unsupported Media Type";
        unprocessable_content UNPROCESSABLE_CONTENT "422 Unprocessable Content";
        too_many_requests TOO_MANY_REQUESTS "429 Too Many Requests";
        service_unavailable SERVICE_UNAVAILABLE "503 Service Unavailable";
    }

    /// `500 Internal Server Error`: the client learns nothing but an id, the log learns the cause.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(
            Status::INTERNAL_SERVER_ERROR,
            "the server failed to answer this request; its log says more under the error's id",
        )
        .with_cause(cause)
    }
}

/// Reasons of refusal, one constructor each.
impl Error {
    pub(crate) fn unknown_path() -> Self {
        Self::not_found("there is nothing at this URL")
    }

    /// There are more errors than an answer tells, of which this is the first.
    pub(super) fn more_errors(first: &Error, most: usize) -> Self {
        Self::new(first.status(), format!("there are more errors: an answer tells {most} at most"))
            .with_title("More errors")
            .with_meta("maxErrors", most)
            .in_classic(Classic::More(first.classic_status()))
            .of_validation_like(first)
    }

    pub(crate) fn too_many_objects(most: usize) -> Self {
        Self::bad_request(format!("a body has {most} objects at most"))
            .with_title("Too many objects")
            .with_meta("maxObjects", most)
    }

    pub(crate) fn too_many_changes(rows: usize, related: usize, most: u64) -> Self {
        let detail =
            format!("{rows} resources, each with {related} of others, are more than the {most} that change at once");
        Self::bad_request(detail).with_title("Too many changes").with_meta("maxChanged", most)
    }

    pub(crate) fn slow_body() -> Self {
        Self::request_timeout("the body did not come in time")
    }

    pub(crate) fn no_room_for_body() -> Self {
        Self::service_unavailable("the server has no room for another body at the moment")
    }

    pub(crate) fn only_in_json_api() -> Self {
        Self::not_acceptable("Accept: this URL is served as application/vnd.api+json alone").at_header("Accept")
    }

    pub(crate) fn whole_relation(name: &str) -> Self {
        Self::bad_request(format!("Cannot DELETE entire {} relation", Shown(name)))
    }

    pub(crate) fn no_such_resource(name: &str, id: &str) -> Self {
        Self::not_found(format!("there is no resource of type \"{name}\" with the id {}", Shown(id)))
            .in_classic(Classic::Absence)
    }

    pub(crate) fn no_result() -> Self {
        Self::not_found("No result found").with_title("No result")
    }

    pub(crate) fn multiple_results() -> Self {
        Self::not_found("Multiple results found").with_title("Multiple results").of_content()
    }

    pub(crate) fn method_refused(method: &str, allowed: &str) -> Self {
        Self::method_not_allowed(format!("{} is not answered here; allowed are {allowed}", shortened(method)))
    }

    pub(crate) fn unknown_attribute(name: &str, resource: &str) -> Self {
        Self::bad_request(format!("\"{resource}\" has no attribute {}", Shown(name))).with_title("Unknown attribute")
    }

    /// A document of JSON:API that is sent as an object of the classic format.
    pub(crate) fn document_as_object(member: &str, resource: &str) -> Self {
        let hint = "a document of JSON:API is sent as application/vnd.api+json";
        let error = Self::bad_request(format!("\"{resource}\" has no attribute \"{member}\": {hint}"));
        error.with_title("Unknown attribute").at_pointer(format!("/{member}"))
    }

    pub(crate) fn unknown_relationship(name: &str, resource: &str) -> Self {
        Self::bad_request(format!("\"{resource}\" has no relationship {}", Shown(name)))
            .with_title("Unknown relationship")
    }

    /// The same of a foreign key, for which a relationship stands.
    pub(crate) fn hinting_at(mut self, relationship: Option<&str>) -> Self {
        if let Some(name) = relationship {
            let detail = &self.inner.detail;
            self.inner.detail = format!("{detail}: the relationship \"{name}\" stands for this foreign key").into();
        }
        self
    }

    pub(crate) fn attribute_is_read_only(name: &str) -> Self {
        Self::forbidden(format!("{name}: is read-only")).with_title("Read-only attribute").of_content()
    }

    pub(crate) fn attribute_is_create_only(name: &str) -> Self {
        Self::forbidden(format!("{name}: can be set only when the resource is created"))
            .with_title("Create-only attribute")
            .of_content()
    }

    pub(crate) fn invalid_value(name: &str, mismatch: &Mismatch) -> Self {
        Self::of_attribute(name, mismatch.to_string()).with_title("Invalid value")
    }

    pub(crate) fn invalid(name: &str, message: &str) -> Self {
        Self::of_attribute(name, message.to_owned()).with_title("Validation error")
    }

    fn of_attribute(name: &str, message: String) -> Self {
        let detail = format!("{name}: {message}");
        let invalid = Classic::Invalid { attribute: name.to_owned(), message };
        Self::bad_request(detail).in_classic(invalid).of_validation()
    }

    pub(crate) fn empty_key(name: &str) -> Self {
        Self::bad_request(format!("{name}: must not be empty, since it stands in URLs"))
            .with_title("Invalid value")
            .of_validation()
    }

    pub(crate) fn invalid_document(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request(detail).with_title("Invalid document")
    }

    pub(crate) fn invalid_parameter(name: &str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request(detail).with_title("Invalid query parameter").at_parameter(name)
    }

    pub(crate) fn client_generated_id() -> Self {
        Self::forbidden("this collection does not accept ids that clients choose").with_title("Client-generated id")
    }

    pub(crate) fn out_of_rule(name: &str) -> Self {
        Self::forbidden(format!("a resource of type \"{name}\" with these values is out of reach for this request"))
            .with_title("Out of reach")
    }

    pub(crate) fn wrong_type(expected: &str, found: &str) -> Self {
        Self::conflict(format!("expected the type \"{expected}\", found {}", Shown(found)))
            .with_title("Wrong type")
            .of_content()
    }

    pub(crate) fn wrong_id(expected: &str, found: &str) -> Self {
        Self::conflict(format!("the URL names the id {}, the document {}", Shown(expected), Shown(found)))
            .with_title("Wrong id")
            .of_content()
    }

    pub(crate) fn relationship_is_read_only(name: &str) -> Self {
        Self::forbidden(format!("{name}: is read-only")).with_title("Read-only relationship").of_content()
    }

    /// A relationship whose members are written in a column, or a join table, that the other model does not let clients
    /// write.
    pub(crate) fn other_end_is_read_only(name: &str, other_type: &str, member: &str) -> Self {
        Self::forbidden(format!("{name}: \"{member}\" of the type \"{other_type}\" is read-only"))
            .with_title("Read-only relationship")
            .of_content()
    }

    pub(crate) fn relationship_is_create_only(name: &str) -> Self {
        Self::forbidden(format!("{name}: can be set only when the resource is created"))
            .with_title("Create-only relationship")
            .of_content()
    }

    pub(crate) fn members_are_create_only(name: &str, other_type: &str) -> Self {
        Self::forbidden(format!(
            "{name}: resources of the type \"{other_type}\" become members only when they are created"
        ))
        .with_title("Create-only relationship")
        .of_content()
    }

    pub(crate) fn replacement_refused(name: &str) -> Self {
        Self::forbidden(format!("{name}: its members cannot be replaced all at once")).with_title("To-many replacement")
    }

    pub(crate) fn removal_refused(name: &str) -> Self {
        Self::forbidden(format!("{name}: members cannot be removed from it")).with_title("Removal from a relationship")
    }

    pub(crate) fn addition_refused(name: &str) -> Self {
        Self::forbidden(format!("{name}: is a to-one relationship, which is only replaced"))
            .with_title("To-one relationship")
    }

    pub(crate) fn expected_one(name: &str) -> Self {
        Self::invalid_document(format!("{name}: expected a resource identifier or null"))
    }

    pub(crate) fn expected_list(name: &str) -> Self {
        Self::invalid_document(format!("{name}: expected an array of resource identifiers"))
    }

    pub(crate) fn must_not_be_empty(name: &str) -> Self {
        Self::bad_request(format!("{name}: must not be null")).with_title("Invalid value").of_validation()
    }

    pub(crate) fn member_is_bound(name: &str) -> Self {
        Self::conflict(format!("{name}: a member cannot be without this resource"))
            .with_title("Bound member")
            .of_content()
    }

    pub(crate) fn refused_by_database() -> Self {
        Self::conflict("the database refuses the change").of_content()
    }

    pub(crate) fn duplicate(detail: String) -> Self {
        Self::conflict(detail).with_title("Duplicate value").of_content()
    }

    pub(crate) fn missing_resource() -> Self {
        Self::not_found("a resource that is referred to does not exist").with_title("Missing resource").of_content()
    }

    pub(crate) fn no_such_member(name: &str) -> Self {
        Self::bad_request(format!("{name}: there is no such member")).with_title("Missing member")
    }

    pub(crate) fn in_use() -> Self {
        Self::conflict("other resources refer to this one").with_title("Resource in use").of_content()
    }

    pub(crate) fn has_dependants(name: &str) -> Self {
        Self::conflict(format!("{name}: resources of this relationship depend on the one to be deleted"))
            .with_title("Resource in use")
            .of_content()
    }

    /// A value that the database holds and the type of its field does not.
    pub(crate) fn unreadable_value(name: &str, expected: &str, cause: impl fmt::Display) -> Self {
        let detail = format!("{name}: the database holds a value that is not {expected}");
        Self::new(Status::INTERNAL_SERVER_ERROR, detail)
            .with_title("Unreadable value")
            .with_code(UNREADABLE)
            .with_cause(cause)
    }

    /// A key that the database would have to make next and that its column does not hold.
    pub(crate) fn no_more_keys() -> Self {
        Self::conflict("id: the next one that the database would make is more than it can hold").of_content()
    }

    /// The error of a write that is rolled back: what the client asked for contradicts what the database makes of it.
    pub(crate) fn of_write(self) -> Self {
        if self.code() != Some(UNREADABLE) || !self.status().is_server_error() {
            return self;
        }
        log::error!("a write is rolled back: {self}");
        self.with_status(Status::CONFLICT).of_content()
    }

    /// A write by an id that several rows have.
    pub(crate) fn ambiguous_id(name: &str, id: &str) -> Self {
        Self::conflict(format!(
            "several resources of type \"{name}\" have the id {}; none of them is changed",
            Shown(id)
        ))
        .with_title("Ambiguous id")
        .of_content()
    }

    /// A write of rows by their ids that would have touched others as well.
    pub(crate) fn ambiguous_ids(name: &str) -> Self {
        Self::conflict(format!("several resources of type \"{name}\" have the same id; none of them is changed"))
            .with_title("Ambiguous id")
            .of_content()
    }

    pub(crate) fn busy() -> Self {
        Self::service_unavailable("no database connection is free at the moment")
    }

    pub(crate) fn contended() -> Self {
        Self::conflict("another request changed the same rows at the same time; try again")
            .with_title(CONTENDED)
            .with_meta("retry", true)
    }

    /// Whether another attempt may succeed, since others were in the way of this one.
    pub(crate) fn is_contended(&self) -> bool {
        self.title() == CONTENDED && self.status() == Status::CONFLICT
    }

    /// It follows another one, or was told to take no changes.
    pub(crate) fn read_only_database() -> Self {
        Self::service_unavailable("the database takes no changes at the moment")
    }

    /// What the application's own code asks of a database that is in the middle of a write.
    pub(crate) fn within_transaction() -> Self {
        Self::internal(
            "`Database::run` within a hook of a write would wait for what the write itself may have: use \
             `context.transaction`, which runs the code within its transaction",
        )
    }

    pub(crate) fn timed_out() -> Self {
        Self::service_unavailable("the database took too long for this request")
    }

    /// A value that the database's own types do not have, in a statement that reads.
    pub(crate) fn unfit_value() -> Self {
        Self::bad_request("the request has a value that the database cannot hold").with_title("Invalid value")
    }

    /// Something that an operator or a function of the database cannot do with a value or a column.
    pub(crate) fn impossible_value() -> Self {
        Self::bad_request("the request asks for what the database cannot do with a value or an attribute")
            .with_title("Invalid value")
    }

    /// Nobody knows whether a write was done.
    pub(crate) fn outcome_unknown(cause: impl fmt::Display) -> Self {
        Self::service_unavailable(
            "the database failed before it told the outcome: the change may have been made or not",
        )
        .with_title("Outcome unknown")
        .with_code(OUTCOME_UNKNOWN)
        .with_cause(cause)
    }

    pub(crate) fn leaves_outcome_unknown(&self) -> bool {
        self.code() == Some(OUTCOME_UNKNOWN)
    }

    pub(crate) fn unreachable_database(cause: impl fmt::Display) -> Self {
        Self::service_unavailable("the database cannot be reached at the moment").with_cause(cause)
    }
}
