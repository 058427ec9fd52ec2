//! Ways to PostgreSQL: encrypted or not, over TCP or a Unix socket.

use std::path::PathBuf;
use std::process::Command;

use actix_web::rt;
use diesel::prelude::*;
use diesel::sql_types::Text;
use restless_actix::prelude::*;
use tempfile::TempDir;

use super::skipped;
use crate::resilience::instance::Instance;

/// How the server sees the connection that asks.
const HOW: &str = "SELECT CASE WHEN inet_client_addr() IS NULL THEN 'socket' WHEN ssl THEN 'encrypted' ELSE 'plain' END
    AS value FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    value: String,
}

/// How the server sees a connection of this URL, or that there is none.
fn reached(url: &str) -> String {
    let asked = rt::System::new().block_on(async {
        let database = Database::connect(url).await?;
        database.run(|connection| diesel::sql_query(HOW).get_result::<Row>(connection)).await
    });
    asked.map_or_else(|error| format!("{}", error.status().code()), |row| row.value)
}

/// An authority, and a certificate that it has made out to `localhost`.
struct Certificates(TempDir);

impl Certificates {
    fn new() -> Self {
        let certificates = Self(tempfile::tempdir().expect("a directory"));
        let make = "set -e; new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
            for name in authority stranger; do $new -x509 -days 2 -subj /CN=$name -keyout $name.key -out $name.crt; done
            $new -subj /CN=localhost -keyout server.key -out server.csr
            echo subjectAltName=DNS:localhost > names
            openssl x509 -req -days 2 -in server.csr -CA authority.crt -CAkey authority.key -CAcreateserial \
                -extfile names -out server.crt";
        let made = Command::new("sh").args(["-c", make]).current_dir(certificates.0.path()).output().expect("a shell");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        certificates
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A URL's parameter that trusts an authority alone.
    fn trusting(&self, authority: &str) -> String {
        format!("&sslrootcert={}", self.path(&format!("{authority}.crt")).display())
    }
}

fn has_openssl() -> bool {
    Command::new("openssl").arg("version").output().is_ok()
}

#[test]
fn is_as_sslmode_says() {
    let (Some(instance), true) = (Instance::start(), has_openssl()) else {
        return skipped("PostgreSQL's server programs, or openssl,");
    };
    let url = |host: &str, parameters: &str| format!("{}?{parameters}", instance.url().replace("127.0.0.1", host));
    for (parameters, expected) in [("", "plain"), ("sslmode=prefer", "plain"), ("sslmode=require", "503")] {
        assert_eq!(reached(&url("localhost", parameters)), expected, "{parameters:?} where nothing is encrypted");
    }

    let certificates = Certificates::new();
    instance.encrypt(&certificates.path("server.crt"), &certificates.path("server.key"));
    let (known, unknown) = (certificates.trusting("authority"), certificates.trusting("stranger"));
    let cases = [
        ("localhost", String::new(), "plain"),
        ("localhost", "sslmode=disable".to_owned(), "plain"),
        ("localhost", "sslmode=prefer".to_owned(), "encrypted"),
        ("127.0.0.1", "sslmode=require".to_owned(), "encrypted"),
        ("127.0.0.1", format!("sslmode=require{known}"), "encrypted"),
        ("127.0.0.1", format!("sslmode=require{unknown}"), "503"),
        ("127.0.0.1", format!("sslmode=verify-ca{known}"), "encrypted"),
        ("localhost", format!("sslmode=verify-ca{unknown}"), "503"),
        ("localhost", format!("sslmode=verify-full{known}"), "encrypted"),
        ("127.0.0.1", format!("sslmode=verify-full{known}"), "503"),
        ("localhost", format!("sslmode=verify-full{unknown}"), "503"),
        ("localhost", "sslmode=verify-full".to_owned(), "503"),
    ];
    for (host, parameters, expected) in cases {
        assert_eq!(reached(&url(host, &parameters)), expected, "{parameters} at {host}");
    }
}

#[test]
fn is_not_needed_on_a_unix_socket() {
    let Some(instance) = Instance::start() else {
        return skipped("PostgreSQL's server programs");
    };
    assert_eq!(reached(&instance.socket_url()), "socket");
    let encoded = instance.socket_url().replace("host=/", "host=%2F");
    assert_eq!(reached(&encoded), "socket", "{encoded}");
}
