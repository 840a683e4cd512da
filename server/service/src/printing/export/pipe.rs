//! From a thread that writes to a reader that may be slow: a queue of a few pieces, so that the writer waits.

use std::io::{self, Write};

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces on their way at most: half a megabyte.
const PIECES: usize = 8;

/// The writing end. Blocks while the queue is full; a reader who has gone is a broken pipe.
#[derive(Clone)]
pub struct Pipe {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    open: BytesMut,
}

impl Pipe {
    /// A pipe and its reading end.
    pub fn new() -> (Self, mpsc::Receiver<io::Result<Bytes>>) {
        let (pieces, reader) = mpsc::channel(PIECES);
        let pipe = Self {
            pieces,
            open: BytesMut::with_capacity(PIECE),
        };
        (pipe, reader)
    }

    /// Ends what the reader gets with an error, so that half an archive is not taken for a whole one.
    pub fn fail(&self, error: io::Error) {
        // a reader who has gone needs no error
        let _ = self.pieces.blocking_send(Err(error));
    }

    fn send(&mut self) -> io::Result<()> {
        if self.open.is_empty() {
            return Ok(());
        }
        let piece = self.open.split().freeze();
        self.pieces
            .blocking_send(Ok(piece))
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.open.len());
        self.open.extend_from_slice(&bytes[..taken]);
        if self.open.len() == PIECE {
            self.send()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everything_arrives_in_order_and_the_queue_is_short() {
        let (mut pipe, mut reader) = Pipe::new();
        let sent: Vec<u8> = (0..3_000_000_u32).map(|number| number.to_le_bytes()[0]).collect();
        let expected = sent.clone();
        let writer = tokio::task::spawn_blocking(move || {
            pipe.write_all(&sent)
                .and_then(|()| pipe.flush())
                .expect("a reader")
        });
        let mut got = Vec::new();
        while let Some(piece) = reader.recv().await {
            assert!(reader.len() <= PIECES);
            got.extend_from_slice(&piece.expect("no fault"));
        }
        writer.await.expect("written");
        assert_eq!(got, expected);
    }

    #[tokio::test]
    async fn a_reader_who_goes_stops_the_writer() {
        let (mut pipe, reader) = Pipe::new();
        drop(reader);
        let stopped = tokio::task::spawn_blocking(move || pipe.write_all(&vec![0; 10 * PIECE]));
        let error = stopped.await.expect("ended").expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
