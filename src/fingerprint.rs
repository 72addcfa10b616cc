//! Fingerprints: 64 bits that stand for a value, to see whether it is the same as in the run before. They never leave the
//! process.

use std::hash::{Hash, Hasher};

use ahash::AHasher;

/// A fingerprint of a value.
pub fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = AHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A fingerprint of many, in their order.
pub fn fold(first: u64, more: impl Iterator<Item = u64>) -> u64 {
    // The odd number is the golden ratio in 64 bits, so that each bit of a fingerprint reaches all of the result.
    more.fold(first, |all, one| (all.rotate_left(5) ^ one).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_number_count() {
        let of = |values: &[u64]| fold(1, values.iter().copied());
        assert_ne!(of(&[2, 3]), of(&[3, 2]));
        assert_ne!(of(&[2]), of(&[2, 0]));
        assert_eq!(of(&[]), 1);
        assert_eq!(fingerprint(&"a"), fingerprint(&String::from("a")));
    }
}
