//! Bookings, and what is wrong with some.

use chrono::NaiveDate;
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::booking;

/// A table for an evening.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = booking)]
#[restless(methods(GET, POST, PATCH, DELETE), validate = check, processors(DailyLimit))]
pub struct Booking {
    pub id: i32,
    pub guest: String,
    pub email: String,
    pub seats: i32,
    pub day: NaiveDate,
}

/// What can be told of the values alone. A PATCH has only some of them: what is not sent is not looked at.
fn check(changes: &Changes<Booking>) -> Result<(), ValidationErrors> {
    let mut errors = ValidationErrors::new();
    if changes.get(BookingFields::GUEST).value().is_some_and(|guest| guest.trim().is_empty()) {
        errors.add("guest", "must not be blank");
    }
    if changes.get(BookingFields::EMAIL).value().is_some_and(|email| !email.contains('@')) {
        errors.add("email", "must be an address");
    }
    if changes.get(BookingFields::SEATS).value().is_some_and(|seats| !(1..=8).contains(&seats)) {
        errors.add("seats", "must be between 1 and 8");
    }
    errors.check()
}

/// How many bookings there may be on a day.
const PER_DAY: i64 = 3;

/// What only the database can tell: whether a day has a booking left.
struct DailyLimit;

impl Processor<Booking> for DailyLimit {
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Booking>) -> Result<(), Error> {
        // No booking has this key yet, so all of them count.
        check_day(context, changes, 0).await
    }

    async fn before_patch_resource(
        &self,
        context: &Context,
        id: &mut String,
        changes: &mut Changes<Booking>,
    ) -> Result<(), Error> {
        // What is no key is answered with 404 by restless.
        check_day(context, changes, id.parse().unwrap_or_default()).await
    }
}

/// Counts the other bookings of the day within the transaction of the write. SQLite has one write after the other; on a
/// server two at once see the same count, unless `Isolation::Serializable` keeps them apart.
async fn check_day(context: &Context, changes: &Changes<Booking>, own: i32) -> Result<(), Error> {
    let Some(day) = changes.get(BookingFields::DAY).value() else {
        return Ok(());
    };
    let others = booking::table.filter(booking::day.eq(day)).filter(booking::id.ne(own)).count();
    let count: i64 = context.transaction(move |connection| others.get_result(connection)).await?;
    if count < PER_DAY {
        return Ok(());
    }
    let place = Source::Pointer("/data/attributes/day".to_owned());
    Err(Error::conflict(format!("day: {day} has {PER_DAY} bookings already"))
        .with_title("No table left")
        .with_source(place))
}
