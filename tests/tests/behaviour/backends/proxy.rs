//! A way to a server that can be cut, as if the server had gone away.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// A place in front of a server. While it is open it passes on what comes.
pub struct Proxy {
    server: String,
    address: SocketAddr,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    door: Option<Arc<TcpListener>>,
}

impl Proxy {
    /// A way to the server of that host and port.
    pub fn to(server: &str) -> Self {
        let address = TcpListener::bind(("127.0.0.1", 0)).and_then(|door| door.local_addr()).expect("a free port");
        let mut proxy = Self { server: server.to_owned(), address, streams: Arc::default(), door: None };
        proxy.open();
        proxy
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The server is back.
    pub fn open(&mut self) {
        let door = Arc::new(TcpListener::bind(self.address).expect("the port that it had"));
        self.door = Some(Arc::clone(&door));
        let (server, streams) = (self.server.clone(), Arc::clone(&self.streams));
        std::thread::spawn(move || {
            while let Ok((client, _)) = door.accept() {
                if Arc::strong_count(&door) == 1 || pass_on(client, &server, &streams).is_err() {
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

fn pass_on(client: TcpStream, server: &str, streams: &Mutex<Vec<TcpStream>>) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    for (mut from, mut to) in [(client.try_clone()?, server.try_clone()?), (server.try_clone()?, client.try_clone()?)] {
        std::thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    streams.lock().unwrap_or_else(PoisonError::into_inner).extend([client, server]);
    Ok(())
}
