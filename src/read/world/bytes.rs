//! Numbers in the files of the world, little-endian, at an offset.

/// Reads a number of two bytes.
pub fn u16_at(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

/// Reads four bytes.
pub fn four(bytes: &[u8], at: usize) -> [u8; 4] {
    [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
}

/// Reads a number of four bytes.
pub fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(four(bytes, at)) as usize
}

/// Reads a number with a sign of four bytes.
pub fn i32_at(bytes: &[u8], at: usize) -> i32 {
    i32::from_le_bytes(four(bytes, at))
}

/// Reads a zigzag LEB128 number and moves on.
pub fn varint(bytes: &[u8], cursor: &mut usize) -> i32 {
    let (mut value, mut shift) = (0_u32, 0);
    loop {
        let byte = bytes[*cursor];
        *cursor += 1;
        value |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    ((value >> 1) as i32) ^ -((value & 1) as i32)
}
