//! Zlib streams of pieces packed apart: takes bytes piece by piece, in any order and by any thread, gives one stream.

use fdeflate::Compressor;
use std::borrow::Borrow;

/// A piece of a stream.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Whole blocks, ending at a byte.
    blocks: Vec<u8>,
    /// Checksum of what it holds.
    adler: u32,
    /// Bytes that it holds.
    len: usize,
}

/// Zlib's header of a window of 32 KiB and the fastest level.
const HEADER: [u8; 2] = [0x78, 0x01];
/// An empty last block.
const END: [u8; 2] = [3, 0];
/// Length of an empty stored block and its complement.
const EMPTY: [u8; 4] = [0, 0, 0xff, 0xff];
const ADLER: u64 = 65_521;

/// Packs a piece; `write` is given a packer.
///
/// # Source
/// RFC 1951. `fdeflate` makes a stream of one block, told to be the last. Here it is told not to be, and an empty
/// stored block follows, which ends at a byte; its header of three zero bits begins in the bits left over in the
/// block's last byte. The code that ends a block has a one as its last bit, so the bits left over are known.
pub(super) fn piece(write: impl FnOnce(&mut Packer)) -> Piece {
    let mut packer = Packer { to: Compressor::new(Vec::new()).expect("memory takes all"), len: 0 };
    write(&mut packer);
    let mut blocks = packer.to.finish().expect("memory takes all");
    let adler = blocks.split_off(blocks.len() - 4).try_into().map(u32::from_be_bytes).expect("four bytes");
    blocks.drain(..HEADER.len());
    blocks[0] &= !1;
    if blocks.last().expect("a block has a header").leading_zeros() < 3 {
        blocks.push(0);
    }
    blocks.extend(EMPTY);
    Piece { blocks, adler, len: packer.len }
}

/// Packs bytes.
pub(super) struct Packer {
    to: Compressor<Vec<u8>>,
    len: usize,
}

impl Packer {
    /// Adds bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.to.write_data(bytes).expect("memory takes all");
        self.len += bytes.len();
    }
}

/// Joins pieces to a stream, in their order.
pub(super) fn stream<P: Borrow<Piece>>(pieces: &[P]) -> Vec<u8> {
    let pieces = || pieces.iter().map(Borrow::borrow);
    let mut bytes = Vec::with_capacity(pieces().map(|p: &Piece| p.blocks.len()).sum::<usize>() + 8);
    bytes.extend(HEADER);
    let mut sum = 1;
    for piece in pieces() {
        bytes.extend(&piece.blocks);
        sum = joined(sum, piece);
    }
    bytes.extend(END);
    bytes.extend(sum.to_be_bytes());
    bytes
}

/// The checksum of a stream and a piece after it.
fn joined(sum: u32, piece: &Piece) -> u32 {
    let halves = |v: u32| (u64::from(v & 0xffff), u64::from(v >> 16));
    let ((a, b), (c, d)) = (halves(sum), halves(piece.adler));
    let len = piece.len as u64 % ADLER;
    let low = (a + c + ADLER - 1) % ADLER;
    let high = (b + d + len * (a + ADLER - 1)) % ADLER;
    (high << 16 | low) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_stream_of_pieces_holds_what_they_hold(pieces in proptest::collection::vec(proptest::collection::vec(prop_oneof![4 => Just(0u8), 1 => any::<u8>()], 0..300), 0..9)) {
            let packed: Vec<Piece> = pieces.iter().map(|bytes| piece(|packer| bytes.chunks(70).for_each(|c| packer.add(c)))).collect();
            // the decoder checks the checksum
            let unpacked = fdeflate::decompress_to_vec(&stream(&packed)).expect("a stream");
            prop_assert_eq!(unpacked, pieces.concat());
        }
    }
}
