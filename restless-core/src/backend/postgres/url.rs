//! The URLs of PostgreSQL databases.

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::error::Error;

/// How the connection is encrypted (libpq's `sslmode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// Not at all.
    Off,
    /// If the server can, with whatever certificate.
    Preferred,
    /// Always, with whatever certificate.
    Required,
    /// Always, with a certificate that an authority has signed.
    VerifiedAuthority,
    /// Always, with a certificate that an authority has signed for this host.
    Verified,
}

/// Where a database is, and how to get there.
#[derive(Debug, Clone)]
pub(super) struct PostgresUrl {
    pub(super) config: Config,
    pub(super) encryption: Encryption,
    /// A file with the certificates of authorities, instead of those of the system.
    pub(super) root_certificates: Option<String>,
}

impl PostgresUrl {
    /// Reads `postgres://user:password@host:port/database?sslmode=verify-full`.
    pub(super) fn parse(url: &str) -> Result<Self, Error> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let mut kept = Vec::new();
        let (mut mode, mut root_certificates) = (None, None);
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslmode", value)) => mode = Some(encryption(value)?),
                Some(("sslrootcert", value)) => root_certificates = Some(decoded(value)),
                _ => kept.push(parameter),
            }
        }
        let url = if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) };
        let mut config: Config = url.parse().map_err(|error| refusal(&error))?;
        if config.get_application_name().is_none() {
            config.application_name("restless");
        }
        let encryption = match mode {
            Some(Encryption::Required) if root_certificates.is_some() => Encryption::VerifiedAuthority,
            Some(mode) => mode,
            None if is_local(&config) => Encryption::Off,
            None => Encryption::Preferred,
        };
        config.ssl_mode(match encryption {
            Encryption::Off => SslMode::Disable,
            Encryption::Preferred => SslMode::Prefer,
            _ => SslMode::Require,
        });
        Ok(Self { config, encryption, root_certificates })
    }
}

fn encryption(mode: &str) -> Result<Encryption, Error> {
    match mode {
        "disable" => Ok(Encryption::Off),
        "allow" | "prefer" => Ok(Encryption::Preferred),
        "require" => Ok(Encryption::Required),
        "verify-ca" => Ok(Encryption::VerifiedAuthority),
        "verify-full" => Ok(Encryption::Verified),
        other => Err(Error::internal(format!(
            "the database's URL has sslmode={other}; expected disable, prefer, require, verify-ca or verify-full"
        ))),
    }
}

fn decoded(value: &str) -> String {
    percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned()
}

/// Whether nothing leaves the machine.
fn is_local(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

fn refusal(error: &tokio_postgres::Error) -> Error {
    Error::internal(format!("the database's URL is none of PostgreSQL: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> PostgresUrl {
        PostgresUrl::parse(url).expect("a valid URL")
    }

    #[test]
    fn encrypts_only_what_leaves_the_machine_unless_told() {
        for url in ["postgres://127.0.0.1/db", "postgres://localhost/db", "postgres:///db?host=/var/run/postgresql"] {
            assert_eq!(parsed(url).encryption, Encryption::Off, "{url}");
        }
        assert_eq!(parsed("postgres://db.example/db").encryption, Encryption::Preferred);
        assert_eq!(parsed("postgres://db.example/db?sslmode=disable").encryption, Encryption::Off);
        assert_eq!(parsed("postgres://127.0.0.1/db?sslmode=require").encryption, Encryption::Required);
    }

    #[test]
    fn verifies_what_the_mode_says() {
        assert_eq!(parsed("postgres://h/db?sslmode=verify-full").encryption, Encryption::Verified);
        let url = parsed("postgres://h/db?sslmode=require&connect_timeout=3&sslrootcert=%2Fca.pem");
        assert_eq!(url.encryption, Encryption::VerifiedAuthority);
        assert_eq!(url.root_certificates.as_deref(), Some("/ca.pem"));
        assert_eq!(url.config.get_connect_timeout(), Some(&std::time::Duration::from_secs(3)));
    }

    #[test]
    fn names_the_mode_that_it_does_not_know() {
        let error = PostgresUrl::parse("postgres://h/db?sslmode=strict").expect_err("no such mode");
        assert!(error.to_string().contains("sslmode=strict"), "{error}");
    }
}
