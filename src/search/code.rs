//! Numbers as text: what a script can carry as it is, and what packs well.
//!
//! A number is written in letters of an alphabet of 92, the printable characters of ASCII without `"`, `\` and the
//! space. The first `SINGLE` letters stand for themselves. The others begin a longer number: each carries a part of
//! what is left, the lowest first, and the number ends with one of the first.

/// How many letters there are.
const LETTERS: u32 = 92;

/// How many of them end a number.
const SINGLE: u32 = 80;

/// How many begin or continue one.
const MORE: u32 = LETTERS - SINGLE;

/// Writes a number.
pub fn write(mut number: u32, out: &mut String) {
    while number >= SINGLE {
        let rest = number - SINGLE;
        out.push(letter(SINGLE + rest % MORE));
        number = rest / MORE;
    }
    out.push(letter(number));
}

/// The letter of a place in the alphabet, from 0 to 91.
fn letter(place: u32) -> char {
    // From `!` on, leaving out `"` and `\`.
    let code = 0x21 + place + u32::from(place >= 1) + u32::from(place >= 0x5a - 0x20);
    char::from_u32(code).expect("is ASCII")
}

/// Reads the numbers of a text again; for tests.
#[cfg(test)]
pub fn read(text: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    let (mut number, mut scale): (u32, u32) = (0, 1);
    for c in text.chars() {
        let code = u32::from(c);
        let place = code - 0x21 - u32::from(code > 0x22) - u32::from(code > 0x5c);
        if place < SINGLE {
            numbers.push(number.wrapping_add(place.wrapping_mul(scale)));
            (number, scale) = (0, 1);
        } else {
            number = number.wrapping_add(place.wrapping_mul(scale));
            scale = scale.wrapping_mul(MORE);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers: Vec<u32> = (0..20_000).chain([u32::MAX, 1_000_000]).collect();
        let mut text = String::new();
        numbers.iter().for_each(|number| write(*number, &mut text));
        assert_eq!(read(&text), numbers);
        assert!(text.bytes().all(|byte| (0x21..0x7f).contains(&byte) && !b"\"\\".contains(&byte)));
        assert_eq!((0..LETTERS).map(letter).collect::<std::collections::BTreeSet<_>>().len(), 92);
    }
}
