//! A way to a server that can be cut, as if the server had gone away.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Backend, Place};

/// The words after which no answer comes through, if there are any.
type Fatal = Arc<Mutex<Option<&'static str>>>;

/// A place in front of a server. While it is open it passes on what comes.
pub struct Proxy {
    server: String,
    address: SocketAddr,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    fatal: Fatal,
    door: Option<Arc<TcpListener>>,
}

impl Proxy {
    /// A way to the server of that host and port.
    pub fn to(server: &str) -> Self {
        let address = TcpListener::bind(("127.0.0.1", 0)).and_then(|door| door.local_addr()).expect("a free port");
        let mut proxy =
            Self { server: server.to_owned(), address, streams: Arc::default(), fatal: Arc::default(), door: None };
        proxy.open();
        proxy
    }

    /// A place of a test's own on a server, and the way there.
    pub fn before(backend: Backend, url: &str) -> (Place, Self) {
        let mut place = Place::on(backend, url);
        let host = url.split(['@', '/', '?']).nth(3).expect("a host").to_owned();
        let proxy = Self::to(&host);
        place.url = place.url.replace(&host, &proxy.address().to_string());
        if backend == Backend::Mysql {
            // Else the driver asks the server for its Unix socket, and goes past the proxy.
            let separator = if place.url.contains('?') { '&' } else { '?' };
            place.url = format!("{}{separator}prefer_socket=false", place.url);
        }
        (place, proxy)
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The server is back.
    pub fn open(&mut self) {
        let door = Arc::new(TcpListener::bind(self.address).expect("the port that it had"));
        self.door = Some(Arc::clone(&door));
        let (server, streams, fatal) = (self.server.clone(), Arc::clone(&self.streams), Arc::clone(&self.fatal));
        std::thread::spawn(move || {
            while let Ok((client, _)) = door.accept() {
                if Arc::strong_count(&door) == 1 || pass_on(client, &server, (&streams, &fatal)).is_err() {
                    return;
                }
            }
        });
    }

    /// Ends every connection, and takes no other.
    pub fn close(&mut self) {
        self.door = None;
        // The one that waits at the door has to be woken up to leave.
        drop(TcpStream::connect(self.address));
        while TcpStream::connect(self.address).is_ok() {
            std::thread::yield_now();
        }
        self.cut();
    }

    /// From now on a connection ends when the server answers what has these words, before the answer comes through.
    pub fn swallow_answer_to(&self, words: Option<&'static str>) {
        *self.fatal.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }

    /// Ends every connection.
    pub fn cut(&self) {
        for stream in self.streams.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // The other side may have done so.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.close();
    }
}

fn pass_on(client: TcpStream, server: &str, way: (&Mutex<Vec<TcpStream>>, &Fatal)) -> io::Result<()> {
    let (streams, fatal) = way;
    let server = TcpStream::connect(server)?;
    let is_mute = Arc::new(AtomicBool::new(false));
    let (from_client, to_server) = (client.try_clone()?, server.try_clone()?);
    let (fatal, mutes) = (Arc::clone(fatal), Arc::clone(&is_mute));
    copy(from_client, to_server, move |bytes| {
        let words = *fatal.lock().unwrap_or_else(PoisonError::into_inner);
        if words.is_some_and(|words| bytes.windows(words.len()).any(|part| part == words.as_bytes())) {
            mutes.store(true, Ordering::SeqCst);
        }
        true
    });
    copy(server.try_clone()?, client.try_clone()?, move |_| !is_mute.load(Ordering::SeqCst));
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    streams.lock().unwrap_or_else(PoisonError::into_inner).extend([client, server]);
    Ok(())
}

/// Passes on what comes, until one side ends or something is not to be passed on.
fn copy(mut from: TcpStream, mut to: TcpStream, passes: impl Fn(&[u8]) -> bool + Send + 'static) {
    std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if !passes(&buffer[..length]) || to.write_all(&buffer[..length]).is_err() {
                let _ = from.shutdown(Shutdown::Both);
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}
