//! Every backend of the machine against the `sha2` and `sm3` crates.
#![allow(clippy::unwrap_used)]

use yicha::hash::{
    Backend, Digest, LANES, Message, Prefix, SaltedHasher, SaltedText, Suite, many, many_slices,
};

const SUITES: [Suite; 2] = [Suite::Sha256, Suite::Sm3];

fn backends() -> impl Iterator<Item = Backend> {
    SUITES.into_iter().flat_map(Backend::all_available)
}

/// Bytes without a pattern that a wrong order could keep.
fn bytes(seed: usize, len: usize) -> Vec<u8> {
    let mut x = seed as u64 ^ 0x9e37_79b9_7f4a_7c15;
    std::iter::repeat_with(|| {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 56) as u8
    })
    .take(len)
    .collect()
}

fn digests_of_many(backend: Backend, prefix: &[u8], messages: &[Vec<u8>]) -> Vec<Digest> {
    let mut digests = Vec::new();
    many(
        &Prefix::with_backend(backend, prefix),
        messages.len(),
        |i, message| message.push(&messages[i]),
        |i, lane| {
            assert_eq!(i, digests.len(), "digests come in order");
            assert_eq!(lane.leading().to_be_bytes(), lane.digest().as_bytes()[..8]);
            digests.push(lane.digest());
        },
    );
    digests
}

fn digests_of_slices(backend: Backend, prefix: &[u8], messages: &[Vec<u8>]) -> Vec<Digest> {
    let mut digests = vec![None; messages.len()];
    many_slices(&Prefix::with_backend(backend, prefix), messages, |i, lane| {
        assert_eq!(digests[i].replace(lane.digest()), None, "message {i} came twice");
    });
    digests.into_iter().map(Option::unwrap).collect()
}

fn expected(backend: Backend, prefix: &[u8], messages: &[Vec<u8>]) -> Vec<Digest> {
    messages
        .iter()
        .map(|message| Suite::from(backend.function()).digest(&[prefix, message]))
        .collect()
}

fn check(backend: Backend, prefix: &[u8], messages: &[Vec<u8>]) {
    let right = expected(backend, prefix, messages);
    let case = || format!("{backend:?}, prefix {}, {} messages", prefix.len(), messages.len());
    assert_eq!(digests_of_many(backend, prefix, messages), right, "many: {}", case());
    assert_eq!(digests_of_slices(backend, prefix, messages), right, "slices: {}", case());
}

#[test]
fn every_length_after_every_prefix() {
    for backend in backends() {
        for prefix in 0..=130 {
            // Mixed so that neighbours in a group differ by whole blocks.
            let messages: Vec<_> =
                (0..=Message::MAX).map(|i| bytes(i, i * 61 % (Message::MAX + 1))).collect();
            check(backend, &bytes(prefix, prefix), &messages);
        }
    }
}

#[test]
fn every_size_of_a_group() {
    for backend in backends() {
        for count in 0..=40 {
            let same: Vec<_> = (0..count).map(|i| bytes(i, 50)).collect();
            let mixed: Vec<_> = (0..count).map(|i| bytes(i, i * 37 % 184)).collect();
            check(backend, &bytes(1, 64), &same);
            check(backend, &bytes(1, 33), &mixed);
        }
    }
}

#[test]
fn slices_of_any_length() {
    for backend in backends() {
        let messages: Vec<_> = (0..300).map(|i| bytes(i, i * i % 1511)).collect();
        for prefix in [0, 1, 63, 64, 65] {
            let prefix = bytes(7, prefix);
            let right = expected(backend, &prefix, &messages);
            assert_eq!(digests_of_slices(backend, &prefix, &messages), right, "{backend:?}");
        }
    }
}

#[test]
fn a_message_is_the_sum_of_its_pieces() {
    for suite in SUITES {
        for len in 0..=90 {
            let raw = bytes(len, len);
            let text: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
            let right = suite.digest(&[b"<", text.as_bytes(), b"|"]);
            let mut count = 0;
            many(
                &Prefix::new(suite, b"<"),
                3,
                |_, message| {
                    message.push_hex(&raw);
                    message.push(b"|");
                },
                |_, lane| {
                    assert_eq!(lane.digest(), right, "{len} bytes");
                    count += 1;
                },
            );
            assert_eq!(count, 3);
        }
    }
}

/// Salts, and texts in one buffer, as the ids of a roster lie in it.
struct Salted {
    salts: Vec<[u8; 16]>,
    texts: Vec<u8>,
    ends: Vec<usize>,
}

impl Salted {
    fn new(lengths: impl Iterator<Item = usize>) -> Self {
        let mut salted = Self { salts: vec![], texts: vec![], ends: vec![0] };
        for (i, len) in lengths.enumerate() {
            salted.salts.push(bytes(1000 + i, 16).try_into().unwrap());
            salted.texts.extend(bytes(i, len));
            salted.ends.push(salted.texts.len());
        }
        salted
    }

    fn get(&self, i: usize) -> SaltedText<'_> {
        let (start, end) = (self.ends[i], self.ends[i + 1]);
        SaltedText { salt: &self.salts[i], text: &self.texts[start..], len: end - start }
    }

    fn right(&self, suite: Suite, prefix: &[u8], i: usize) -> Digest {
        let salt: String = self.salts[i].iter().map(|byte| format!("{byte:02x}")).collect();
        let text = &self.texts[self.ends[i]..self.ends[i + 1]];
        suite.digest(&[prefix, salt.as_bytes(), text])
    }
}

#[test]
fn a_salt_and_a_text_are_hashed_like_any_message() {
    // Texts that fill a block and longer ones, in groups by themselves and mixed; the last ones end the buffer.
    let of_a_length = (1..=SaltedText::MAX).flat_map(|len| [len; LANES]);
    let mixed = (0..200).map(|i| 1 + i * i % 40);
    for backend in backends() {
        let suite = Suite::from(backend.function());
        for prefix in [0, 1, 63, 64, 128] {
            let prefix = bytes(7, prefix);
            for salted in [Salted::new(of_a_length.clone()), Salted::new(mixed.clone())] {
                let begin = Prefix::with_backend(backend, &prefix);
                let mut hasher = SaltedHasher::new(&begin);
                for start in (0..salted.salts.len()).step_by(SaltedHasher::MAX) {
                    let count = SaltedHasher::MAX.min(salted.salts.len() - start);
                    let outcomes = hasher.hash(count, |i| Some(salted.get(start + i)));
                    assert_eq!(outcomes.len(), count);
                    let mut seen = 0;
                    for (place, outcome) in outcomes.at_most(&[u32::MAX; SaltedHasher::MAX]) {
                        assert_eq!(place, seen, "{backend:?}");
                        let right = salted.right(suite, &prefix, start + seen);
                        assert_eq!(
                            outcome.digest(),
                            right,
                            "{backend:?}, message {}",
                            start + seen
                        );
                        seen += 1;
                    }
                    assert_eq!(seen, count);
                }
            }
        }
    }
}

#[test]
fn of_more_messages_than_a_block_holds_the_first_are_hashed() {
    let salted = Salted::new([18; SaltedHasher::MAX + 1].into_iter());
    let prefix = Prefix::new(Suite::Sha256, b"");
    let mut hasher = SaltedHasher::new(&prefix);
    assert_eq!(
        hasher.hash(SaltedHasher::MAX + 1, |i| Some(salted.get(i))).len(),
        SaltedHasher::MAX
    );
    assert!(hasher.hash(0, |i| Some(salted.get(i))).is_empty());
}

#[test]
fn outcomes_above_their_limit_are_passed_over() {
    let salted = Salted::new([18; 21].into_iter());
    let first = |i| {
        let right = salted.right(Suite::Sm3, b"", i);
        u32::from_be_bytes(*right.as_bytes().first_chunk().unwrap())
    };
    // Every second one is just at its limit, the others just above.
    let limit = |i: usize| if i.is_multiple_of(2) { first(i) } else { first(i) - 1 };
    let prefix = Prefix::new(Suite::Sm3, b"");
    let mut hasher = SaltedHasher::new(&prefix);
    let outcomes = hasher.hash(21, |i| Some(salted.get(i)));
    let limits = std::array::from_fn(|i| if i < 21 { limit(i) } else { u32::MAX });
    let passed: Vec<usize> = outcomes.at_most(&limits).map(|(place, _)| place).collect();
    assert_eq!(passed, (0..21).step_by(2).collect::<Vec<_>>());
}

#[test]
fn hashing_ends_before_a_message_that_there_is_none_of() {
    let salted = Salted::new([18; 40].into_iter());
    let wrong = |i: usize, what: usize| match what {
        0 => None,
        1 => Some(SaltedText { len: 0, ..salted.get(i) }),
        2 => Some(SaltedText { len: SaltedText::MAX + 1, text: &[0; 200], ..salted.get(i) }),
        _ => Some(SaltedText { text: &salted.texts[..17], ..salted.get(i) }),
    };
    for (missing, what) in (0..40).flat_map(|missing| (0..4).map(move |what| (missing, what))) {
        let prefix = Prefix::new(Suite::Sha256, b"");
        let mut hasher = SaltedHasher::new(&prefix);
        let message = |i| if i == missing { wrong(i, what) } else { Some(salted.get(i)) };
        let outcomes = hasher.hash(40, message);
        let seen = outcomes.at_most(&[u32::MAX; SaltedHasher::MAX]).count();
        assert_eq!((outcomes.len(), seen), (missing, missing), "case {what}");
    }
}

#[test]
fn the_standards_own_examples() {
    let first = |suite| {
        digests_of_many(Backend::all_available(suite).next().unwrap(), b"a", &[b"bc".to_vec()])
    };
    let text = |suite: Suite| first(suite)[0].to_string();
    assert_eq!(
        text(Suite::Sha256),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        text(Suite::Sm3),
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    );
}

#[test]
fn every_machine_has_the_plain_backend_last() {
    for suite in SUITES {
        let names: Vec<_> = Backend::all_available(suite).map(Backend::name).collect();
        assert_eq!(names.last(), Some(&"plain"), "{names:?}");
        let again = Backend::all_available(suite).map(Backend::name);
        assert_eq!(again.collect::<Vec<_>>(), names);
    }
}

#[test]
#[should_panic(expected = "183 bytes")]
fn a_message_that_is_too_long_is_a_fault_of_the_caller() {
    let long = [0; Message::MAX + 1];
    many(&Prefix::new(Suite::Sm3, b""), 1, |_, message| message.push(&long), |_, _| {});
}
