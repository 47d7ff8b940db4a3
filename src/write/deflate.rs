//! Deflate for filtered rows of a map: takes bytes, gives one block that ends on a whole byte, so that blocks made
//! apart can be put one behind the other.
//!
//! Most bytes are zeros or repeat those one pixel before; what else repeats is found by a hash of four bytes.
//!
//! # Source
//! RFC 1951. Code lengths after Moffat and Katajainen, "In-place calculation of minimum-redundancy codes", 1995.

/// Literals, the end, and 29 kinds of lengths.
const LITERALS: usize = 286;
/// Kinds of distances.
const DISTANCES: usize = 30;
/// The longest match.
const LONGEST: usize = 258;
/// The shortest match that is worth its bits.
const SHORTEST: usize = 4;
/// How far back a match may lie.
const WINDOW: usize = 32_768;
/// Entries of the table of positions by hash, as a power of two.
const HASH_BITS: u32 = 12;
/// The code of the end of a block.
const END: usize = 256;

/// First length of each kind, and how many bits more say which.
const LENGTH_BASES: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
/// First distance of each kind, and how many bits more say which.
const DISTANCE_BASES: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];
/// The order in which the lengths of codes of code lengths stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// A literal, or a match of a length at a distance.
#[derive(Debug, Clone, Copy)]
struct Token {
    /// Zero for a literal.
    length: u16,
    /// Or the literal.
    distance: u16,
}

/// Bits that fill bytes from the lowest.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Fills the last byte up.
    fn align(&mut self) {
        while self.count > 0 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count = self.count.saturating_sub(8);
        }
    }
}

/// A prefix code: bits, lowest first, and how many.
struct Code(Vec<(u16, u8)>);

impl Code {
    /// The shortest for how often symbols occur, with no more bits than `most`.
    fn new(counts: &[u32], most: u8) -> Self {
        let lengths = lengths(counts, most);
        let mut next = [0_u16; 16];
        for bits in 1..=15 {
            let fewer = lengths.iter().filter(|length| usize::from(**length) == bits - 1 && **length > 0).count();
            next[bits] = (next[bits - 1] + fewer as u16) << 1;
        }
        let code = |length: &u8| {
            let slot = &mut next[usize::from(*length)];
            let code = *slot;
            if *length > 0 {
                *slot += 1;
            }
            // bits of a code stand highest first
            (code.reverse_bits() >> (16 - u32::from(*length)).min(15), *length)
        };
        Self(lengths.iter().map(code).collect())
    }

    fn put(&self, bits: &mut Bits, symbol: usize) {
        let (code, length) = self.0[symbol];
        bits.put(u32::from(code), u32::from(length));
    }
}

/// Lengths of codes; a symbol that does not occur has none.
fn lengths(counts: &[u32], most: u8) -> Vec<u8> {
    let mut counts: Vec<u32> = counts.to_vec();
    loop {
        let mut used: Vec<(u32, usize)> =
            counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(i, n)| (*n, i)).collect();
        used.sort_unstable();
        let mut lengths = vec![0; counts.len()];
        if used.len() < 2 {
            used.iter().for_each(|(_, symbol)| lengths[*symbol] = 1);
            return lengths;
        }
        // two queues, leaves and joined nodes, both sorted
        let leaves = used.len();
        let mut weights: Vec<u64> = used.iter().map(|(n, _)| u64::from(*n)).collect();
        let mut parents = vec![0; 2 * leaves - 1];
        let (mut leaf, mut node) = (0, leaves);
        for new in leaves..2 * leaves - 1 {
            let mut sum = 0;
            for _ in 0..2 {
                let is_leaf = leaf < leaves && (node >= new || weights[leaf] <= weights[node]);
                let at = if is_leaf { &mut leaf } else { &mut node };
                sum += weights[*at];
                parents[*at] = new;
                *at += 1;
            }
            weights.push(sum);
        }
        let mut depths = vec![0_u8; 2 * leaves - 1];
        for at in (0..2 * leaves - 2).rev() {
            depths[at] = depths[parents[at]].saturating_add(1);
        }
        if depths[..leaves].iter().all(|depth| *depth <= most) {
            used.iter().zip(&depths).for_each(|((_, symbol), depth)| lengths[*symbol] = *depth);
            return lengths;
        }
        // rarer symbols weigh more, so that the tree grows flatter
        counts.iter_mut().filter(|n| **n > 0).for_each(|n| *n = *n / 2 + 1);
    }
}

fn length_kind(length: u16) -> usize {
    LENGTH_BASES.partition_point(|base| *base <= length) - 1
}

fn distance_kind(distance: u16) -> usize {
    DISTANCE_BASES.partition_point(|base| *base <= distance) - 1
}

fn distance_bits(kind: usize) -> u32 {
    (kind as u32 / 2).saturating_sub(1)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

/// How many bytes from two places on are the same.
fn alike(bytes: &[u8], from: usize, at: usize) -> usize {
    let most = LONGEST.min(bytes.len() - at);
    let (a, b) = (&bytes[from..from + most], &bytes[at..at + most]);
    let mut same = 0;
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        let [x, y] = [x, y].map(|eight| u64::from_le_bytes(*eight.first_chunk().expect("chunks of eight")));
        if x != y {
            return same + ((x ^ y).trailing_zeros() / 8) as usize;
        }
        same += 8;
    }
    same + a[same..].iter().zip(&b[same..]).take_while(|(x, y)| x == y).count()
}

/// Finds what repeats: what is a pixel of so many bytes before, or where four bytes were seen last.
fn tokens(bytes: &[u8], pixel: usize) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(bytes.len() / 8);
    let mut seen = vec![0_u32; 1 << HASH_BITS];
    let mut at = 0;
    while at < bytes.len() {
        let four = word(bytes, at);
        let mut best = (0, 0);
        let near = [1, pixel].into_iter().filter(|back| *back <= at);
        for back in near {
            if at + SHORTEST <= bytes.len() && word(bytes, at - back) == four {
                let length = alike(bytes, at - back, at);
                best = if length > best.0 { (length, back) } else { best };
            }
        }
        if best.0 < 16 && at + SHORTEST <= bytes.len() {
            let slot = &mut seen[(four.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)) as usize];
            // positions are counted from one, so that zero is none
            let from = *slot as usize;
            *slot = at as u32 + 1;
            if from > 0 && at + 1 - from < WINDOW && word(bytes, from - 1) == four {
                let length = alike(bytes, from - 1, at);
                // a far one has bits more
                best = if length > best.0 + 2 { (length, at + 1 - from) } else { best };
            }
        }
        if best.0 >= SHORTEST {
            tokens.push(Token { length: best.0 as u16, distance: best.1 as u16 });
            at += best.0;
        } else {
            tokens.push(Token { length: 0, distance: u16::from(bytes[at]) });
            at += 1;
        }
    }
    tokens
}

/// Compresses bytes, of which a pixel has `pixel`, to one block and an empty one behind it. Neither is marked as the
/// last.
pub(super) fn block(bytes: &[u8], pixel: usize) -> Vec<u8> {
    let tokens = tokens(bytes, pixel);
    let (mut literals, mut distances) = (vec![0_u32; LITERALS], vec![0_u32; DISTANCES]);
    // codes of fewer than two symbols are not read by all
    (literals[END], literals[0], distances[0], distances[1]) = (1, 1, 1, 1);
    for token in &tokens {
        if token.length == 0 {
            literals[usize::from(token.distance)] += 1;
        } else {
            literals[END + 1 + length_kind(token.length)] += 1;
            distances[distance_kind(token.distance)] += 1;
        }
    }
    let (literal, distance) = (Code::new(&literals, 15), Code::new(&distances, 15));
    let mut bits = Bits { out: Vec::with_capacity(tokens.len() * 2 + 128), ..Bits::default() };
    bits.put(0b100, 3);
    put_codes(&mut bits, &literal, &distance);
    for token in &tokens {
        if token.length == 0 {
            literal.put(&mut bits, usize::from(token.distance));
            continue;
        }
        let kind = length_kind(token.length);
        literal.put(&mut bits, END + 1 + kind);
        bits.put(u32::from(token.length - LENGTH_BASES[kind]), u32::from(LENGTH_BITS[kind]));
        let kind = distance_kind(token.distance);
        distance.put(&mut bits, kind);
        bits.put(u32::from(token.distance - DISTANCE_BASES[kind]), distance_bits(kind));
    }
    literal.put(&mut bits, END);
    // a block without bytes, which begins on a whole byte
    bits.put(0, 3);
    bits.align();
    bits.out.extend([0, 0, 255, 255]);
    bits.out
}

/// Writes which codes a block uses.
fn put_codes(bits: &mut Bits, literal: &Code, distance: &Code) {
    let lengths: Vec<u8> = literal.0.iter().chain(&distance.0).map(|(_, length)| *length).collect();
    // runs: symbol, and the bits that follow it
    let mut runs: Vec<(usize, u32, u32)> = Vec::new();
    for run in lengths.chunk_by(|a, b| a == b) {
        let mut left = run.len();
        if run[0] > 0 {
            runs.push((usize::from(run[0]), 0, 0));
            left -= 1;
        }
        while left > 0 {
            let (count, token) = match (run[0], left) {
                (0, 11..) => (left.min(138), (18, left.min(138) as u32 - 11, 7)),
                (0, 3..) => (left, (17, left as u32 - 3, 3)),
                (1.., 3..) => (left.min(6), (16, left.min(6) as u32 - 3, 2)),
                (length, _) => (1, (usize::from(length), 0, 0)),
            };
            runs.push(token);
            left -= count;
        }
    }
    let mut counts = vec![0; 19];
    runs.iter().for_each(|(symbol, ..)| counts[*symbol] += 1);
    let code = Code::new(&counts, 7);
    let used = ORDER.iter().rposition(|symbol| code.0[*symbol].1 > 0).map_or(4, |last| (last + 1).max(4));
    bits.put((LITERALS - 257) as u32, 5);
    bits.put((DISTANCES - 1) as u32, 5);
    bits.put(used as u32 - 4, 4);
    ORDER[..used].iter().for_each(|symbol| bits.put(u32::from(code.0[*symbol].1), 3));
    for (symbol, extra, count) in runs {
        code.put(bits, symbol);
        bits.put(extra, count);
    }
}

/// The checksum of bytes of which some and then the others are known.
pub(super) fn joined_adler(first: u32, second: u32, second_length: usize) -> u32 {
    const BASE: u64 = 65_521;
    let parts = |sum: u32| (u64::from(sum & 0xffff), u64::from(sum >> 16));
    let ((a1, b1), (a2, b2)) = (parts(first), parts(second));
    let length = second_length as u64 % BASE;
    let a = (a1 + a2 + BASE - 1) % BASE;
    let b = (b1 + b2 + length * (a1 + BASE - 1)) % BASE;
    (b << 16 | a) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A zlib stream of blocks, read by another program.
    fn read(parts: &[&[u8]], pixel: usize) -> Vec<u8> {
        let mut stream = vec![0x78, 1];
        let mut sum = 1;
        for part in parts {
            stream.extend(block(part, pixel));
            sum = joined_adler(sum, simd_adler32::adler32(part), part.len());
        }
        stream.extend([3, 0]);
        stream.extend(sum.to_be_bytes());
        fdeflate::decompress_to_vec(&stream).unwrap()
    }

    #[test]
    fn a_code_is_no_longer_than_it_may_be() {
        // counts that ask for a tree of a depth of forty
        let mut counts = vec![1_u32, 1];
        (2..40).for_each(|i| counts.push(counts[i - 1].saturating_add(counts[i - 2])));
        for most in [7, 15] {
            let lengths = lengths(&counts, most);
            assert!(lengths.iter().all(|length| (1..=most).contains(length)), "{lengths:?}");
            let room: f64 = lengths.iter().map(|length| (2.0_f64).powi(-i32::from(*length))).sum();
            assert!(room <= 1.0, "{room}");
        }
        assert_eq!(lengths(&[0, 5, 0], 15), [0, 1, 0]);
    }

    proptest! {
        #[test]
        fn what_was_compressed_comes_back(
            flat in proptest::collection::vec((any::<u8>(), 1..700usize), 0..60),
            noise in proptest::collection::vec(any::<u8>(), 0..300),
            pixel in 1..5usize,
        ) {
            let runs: Vec<u8> = flat.iter().flat_map(|(value, count)| std::iter::repeat_n(*value, *count)).collect();
            let mixed: Vec<u8> = runs.iter().zip(noise.iter().cycle().chain(&[0])).map(|(a, b)| a ^ (b & 3)).collect();
            let parts: [&[u8]; 4] = [&runs, &noise, &mixed, &[]];
            prop_assert_eq!(read(&parts, pixel), parts.concat());
        }
    }

    #[test]
    fn flat_ground_becomes_small() {
        let bytes = vec![0; 200_000];
        assert!(block(&bytes, 3).len() < 300, "{}", block(&bytes, 3).len());
    }
}
