//! A block of YAML as `serde_yaml` reads it: plain values, numbered in the order in which they stand.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value as `serde_yaml` reads it. `id` numbers keys and values in the order in which they stand.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: u32,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Whole(i64),
    Other,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) key: String,
    pub(super) value: Node,
}

impl Node {
    /// Numbers the value and all below it, from `next` on.
    pub(super) fn number(&mut self, next: &mut u32) {
        self.id = *next;
        *next += 1;
        match &mut self.kind {
            Kind::List(items) => items.iter_mut().for_each(|item| item.number(next)),
            Kind::Map(entries) => {
                for entry in entries {
                    entry.id = *next;
                    *next += 1;
                    entry.value.number(next);
                }
            }
            _ => {}
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        let kind = deserializer.deserialize_any(KindVisitor)?;
        Ok(Node { id: 0, kind })
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or keys and values")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Kind, E> {
        Ok(Kind::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Kind, E> {
        Ok(Kind::Number(Number::Whole(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Kind, E> {
        Ok(Kind::Number(i64::try_from(number).map_or(Number::Other, Number::Whole)))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Kind, E> {
        Ok(Kind::Number(Number::Other))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Kind, E> {
        Ok(Kind::Number(Number::Other))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Kind, E> {
        Ok(Kind::Number(Number::Other))
    }

    fn visit_str<E>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Kind, E> {
        Ok(Kind::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_none<E>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Kind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kind, A::Error> {
        let mut map = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            map.push(Entry { id: 0, key, value: entries.next_value()? });
        }
        Ok(Kind::Map(map))
    }

    fn visit_enum<A: de::EnumAccess<'de>>(self, _: A) -> Result<Kind, A::Error> {
        Err(de::Error::custom("a word that begins with `!` means something else in YAML"))
    }
}

/// A key: a single word or number.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word in front of the colon")
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Key, E> {
                Ok(Key(flag.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Key, E> {
                Ok(Key(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Key, E> {
                Ok(Key(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Key, E> {
                Ok(Key(number.to_string()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(Key(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Key, E> {
                Ok(Key("~".to_owned()))
            }
        }
        deserializer.deserialize_any(KeyVisitor)
    }
}

pub(super) fn read(text: &str) -> Result<Node, serde_yaml::Error> {
    let only_comments =
        text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'));
    if only_comments {
        return Ok(Node { id: 0, kind: Kind::Null });
    }
    if nests_too_deep(text) {
        return Err(de::Error::custom("recursion limit exceeded"));
    }
    serde_yaml::from_str(text)
}

/// The deepest brackets that are read. The parser below takes long over more, and nobody writes them.
const DEEPEST: usize = 64;

/// Whether brackets stand within brackets beyond all sense. Brackets in quotes count too, which does no harm.
fn nests_too_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            // A single one that stays open is part of a text.
            b'\n' if depth < DEEPEST / 2 => depth = 0,
            _ => {}
        }
        depth > DEEPEST
    })
}
