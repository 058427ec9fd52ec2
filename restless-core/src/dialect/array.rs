//! Kinds of the elements of arrays.

use std::any::TypeId;

use diesel::sql_types as sql;

use super::Kind;

/// The kind whose arrays a type is one of: whether the array or its elements are nullable or not.
macro_rules! element_of {
    ($id:expr, $($kind:ident: $($type:ty),+;)*) => {
        $($(
            if $id == TypeId::of::<sql::Array<$type>>()
                || $id == TypeId::of::<sql::Array<sql::Nullable<$type>>>()
                || $id == TypeId::of::<sql::Nullable<sql::Array<$type>>>()
                || $id == TypeId::of::<sql::Nullable<sql::Array<sql::Nullable<$type>>>>()
            {
                return Some(&Kind::$kind);
            }
        )+)*
    };
}

/// The kind of the elements, if the SQL type is an array of a type that Diesel knows.
pub(super) fn element(id: TypeId) -> Option<&'static Kind> {
    element_of! { id,
        Integer: sql::Integer, sql::BigInt, sql::SmallInt, sql::Oid;
        Text: sql::Text, sql::Citext;
        Boolean: sql::Bool;
        Double: sql::Double;
        Float: sql::Float;
        Numeric: sql::Numeric;
        Binary: sql::Binary;
        Date: sql::Date;
        Time: sql::Time;
        Timestamp: sql::Timestamp;
        Timestamptz: sql::Timestamptz;
        Interval: sql::Interval;
        Uuid: sql::Uuid;
        Inet: sql::Inet;
        Cidr: sql::Cidr;
        Json: sql::Json, sql::Jsonb;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_whatever_may_be_null() {
        let kinds = [
            Kind::of::<sql::Array<sql::Date>>(),
            Kind::of::<sql::Array<sql::Nullable<sql::Date>>>(),
            Kind::of::<sql::Nullable<sql::Array<sql::Date>>>(),
            Kind::of::<sql::Nullable<sql::Array<sql::Nullable<sql::Date>>>>(),
        ];
        assert_eq!(kinds, [Kind::Array(&Kind::Date); 4]);
    }
}
