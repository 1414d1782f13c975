//! The records as slots of eight bytes, whatever their packing. Memory is a few buffers, whatever the size of the file.

use std::io::{self, BufRead, BufReader, Read, Seek};

use super::header::Packing;
use super::inflate::Blocks;
use super::source::{Order, Source};
use crate::read::Fault;

const SKIP: u8 = 0;
const END: u8 = 252;
const RAW: u8 = 253;
const BLANKS: u8 = 254;
const SYSTEM: u8 = 255;

/// The records of a file.
pub(super) enum Data<R> {
    Plain(BufReader<R>),
    Bytes(Coded<BufReader<R>>),
    Blocks(Box<Coded<BufReader<Blocks<R>>>>),
}

impl<R: Read + Seek> Data<R> {
    /// The source stands behind the dictionary. With the data comes how many slots they have room for at most.
    pub(super) fn new(
        source: Source<R>,
        packing: Packing,
        bias: f64,
        system: f64,
    ) -> Result<(Data<R>, u64), Fault> {
        let codes = codes(source.order, bias, system);
        let left = source.left();
        Ok(match packing {
            Packing::Plain => (Data::Plain(source.into_reader()), left / 8),
            // A slot has at least its code.
            Packing::Bytes => (Data::Bytes(Coded::new(source.into_reader(), codes)), left),
            Packing::Blocks => {
                let blocks = Blocks::new(source)?;
                let unpacked = blocks.unpacked();
                let blocks = BufReader::with_capacity(1 << 16, blocks);
                (Data::Blocks(Box::new(Coded::new(blocks, codes))), unpacked)
            }
        })
    }

    /// Fills the slots from the front; how many bytes came before the data ended.
    ///
    /// # Errors
    /// Of kind `UnexpectedEof` where the file ends within a slot, `InvalidData` where it is damaged.
    pub(super) fn fill(&mut self, slots: &mut [u8]) -> io::Result<usize> {
        match self {
            Data::Plain(reader) => fill(reader, slots),
            Data::Bytes(coded) => coded.fill(slots),
            Data::Blocks(coded) => coded.fill(slots),
        }
    }
}

/// Reads until the buffer is full or the reader ends.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// What each code stands for, as a slot's bytes in the file's order.
fn codes(order: Order, bias: f64, system: f64) -> Box<[[u8; 8]; 256]> {
    let mut codes = Box::new([[b' '; 8]; 256]);
    for code in 1..END {
        codes[usize::from(code)] = order.bytes(f64::from(code) - bias);
    }
    codes[usize::from(SYSTEM)] = order.bytes(system);
    codes
}

/// Slots in byte codes: eight codes, then the eight bytes of each slot among them that has no code.
pub(super) struct Coded<R> {
    reader: R,
    codes: Box<[[u8; 8]; 256]>,
    group: [u8; 8],
    /// The next code of the group, and how many there are: fewer than eight where the file ends.
    next: usize,
    filled: usize,
    ended: bool,
}

impl<R: BufRead> Coded<R> {
    fn new(reader: R, codes: Box<[[u8; 8]; 256]>) -> Coded<R> {
        Coded { reader, codes, group: [0; 8], next: 0, filled: 0, ended: false }
    }

    fn fill(&mut self, slots: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < slots.len() && !self.ended {
            if self.next == self.filled {
                self.filled = fill(&mut self.reader, &mut self.group)?;
                self.next = 0;
                self.ended = self.filled == 0;
                continue;
            }
            let code = self.group[self.next];
            self.next += 1;
            match code {
                SKIP => continue,
                END => {
                    self.ended = true;
                    continue;
                }
                RAW => self.reader.read_exact(&mut slots[done..done + 8])?,
                BLANKS | SYSTEM | 1..END => {
                    slots[done..done + 8].copy_from_slice(&self.codes[usize::from(code)])
                }
            }
            done += 8;
        }
        Ok(done)
    }
}
