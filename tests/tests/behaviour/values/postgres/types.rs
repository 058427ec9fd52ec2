//! Types of the application on columns of PostgreSQL's own types.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use serde::{Deserialize, Serialize};

/// The SQL type of [`Mood`].
#[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "mood"))]
pub struct MoodType;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = MoodType)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    Sad,
    Happy,
}

impl ToSql<MoodType, Pg> for Mood {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(match self {
            Mood::Sad => b"sad",
            Mood::Happy => b"happy",
        })?;
        Ok(IsNull::No)
    }
}

impl FromSql<MoodType, Pg> for Mood {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        match value.as_bytes() {
            b"sad" => Ok(Mood::Sad),
            b"happy" => Ok(Mood::Happy),
            _ => Err("the enum Mood has no such variant".into()),
        }
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Uuid)]
pub struct Id(uuid::Uuid);

impl ToSql<diesel::sql_types::Uuid, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<diesel::sql_types::Uuid, Pg> for Id {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(uuid::Uuid::from_slice(value.as_bytes())?))
    }
}

/// An address and the size of its network: `192.168.0.1/24`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Inet)]
#[diesel(sql_type = diesel::sql_types::Cidr)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    address: IpAddr,
    size: u8,
}

impl TryFrom<String> for Network {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (address, size) = text.split_once('/').ok_or("a network has a size")?;
        let address: IpAddr = address.parse().map_err(|_| "no address")?;
        let greatest = if address.is_ipv4() { 32 } else { 128 };
        let size = size.parse().ok().filter(|size| *size <= greatest).ok_or("no size")?;
        Ok(Self { address, size })
    }
}

impl From<Network> for String {
    fn from(Network { address, size }: Network) -> String {
        format!("{address}/{size}")
    }
}

impl Network {
    /// KeySqlType, size, whether it is a network, the number of bytes, and the bytes.
    fn write(self, out: &mut Output<'_, '_, Pg>, is_network: u8) -> serialize::Result {
        let (family, bytes) = match self.address {
            IpAddr::V4(address) => (2, address.octets().to_vec()),
            IpAddr::V6(address) => (3, address.octets().to_vec()),
        };
        out.write_all(&[family, self.size, is_network, u8::try_from(bytes.len())?])?;
        out.write_all(&bytes)?;
        Ok(IsNull::No)
    }

    fn read(value: PgValue<'_>) -> deserialize::Result<Self> {
        let (header, bytes) = value.as_bytes().split_at_checked(4).ok_or("too short for a network")?;
        let address = match <[u8; 4]>::try_from(bytes) {
            Ok(bytes) => Ipv4Addr::from(bytes).into(),
            Err(_) => Ipv6Addr::from(<[u8; 16]>::try_from(bytes)?).into(),
        };
        Ok(Self { address, size: header[1] })
    }
}

macro_rules! network {
    ($type:ident, $is_network:expr) => {
        impl ToSql<diesel::sql_types::$type, Pg> for Network {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                self.write(out, $is_network)
            }
        }

        impl FromSql<diesel::sql_types::$type, Pg> for Network {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                Self::read(value)
            }
        }
    };
}

network!(Inet, 0);
network!(Cidr, 1);
