//! Every backend of the machine against the `sha2` and `sm3` crates.
#![allow(clippy::unwrap_used)]

use yicha::hash::{
    Backend, Digest, LANES, Message, Outcomes, Prefix, Suite, TextHasher, Texts, many, many_slices,
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
struct Block {
    salts: [[u8; 16]; Texts::MAX],
    /// Which salt is whose: not in their order.
    rows: [u8; Texts::MAX],
    bytes: Vec<u8>,
    starts: [u32; Texts::MAX],
    lens: [u32; Texts::MAX],
    len: usize,
}

impl Block {
    fn new(lengths: &[usize]) -> Self {
        let salts = std::array::from_fn(|i| bytes(1000 + i, 16).try_into().unwrap());
        let rows = std::array::from_fn(|i| (i * 7 + 3) as u8);
        let (starts, lens) = ([0; Texts::MAX], [0; Texts::MAX]);
        let mut block = Self { salts, rows, bytes: vec![], starts, lens, len: lengths.len() };
        for (i, len) in lengths.iter().enumerate() {
            block.starts[i] = block.bytes.len() as u32;
            block.lens[i] = *len as u32;
            block.bytes.extend(bytes(i, *len));
        }
        block
    }

    fn texts(&self) -> Texts<'_> {
        let Self { starts, lens, len, .. } = *self;
        Texts { bytes: &self.bytes, starts, lens, len }
    }

    fn right(&self, suite: Suite, prefix: &[u8], salted: bool, i: usize) -> Digest {
        let salt = self.salts[usize::from(self.rows[i])];
        let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
        let (start, len) = (self.starts[i] as usize, self.lens[i] as usize);
        let salt = if salted { salt.as_bytes() } else { &[] };
        suite.digest(&[prefix, salt, &self.bytes[start..start + len]])
    }

    fn hash<'h>(&self, hasher: &'h mut TextHasher<'_>, salted: bool) -> Outcomes<'h> {
        if salted {
            hasher.hash_salted(&self.texts(), &self.salts, &self.rows)
        } else {
            hasher.hash(&self.texts())
        }
    }
}

#[test]
fn texts_with_salts_and_without_are_hashed_like_any_message() {
    // Texts that fill a block and longer ones, in groups by themselves and mixed; the last ones end the buffer.
    let of_a_length: Vec<usize> = (1..=Texts::LONGEST).flat_map(|len| [len; LANES]).collect();
    let mixed: Vec<usize> = (0..200).map(|i| 1 + i * i % 40).collect();
    let short: Vec<usize> = (0..250).map(|i| 1 + i * i % 23).collect();
    let blocks = of_a_length.chunks(Texts::MAX).chain([&mixed[..], &short]).map(Block::new);
    let blocks: Vec<Block> = blocks.collect();
    for backend in backends() {
        let suite = Suite::from(backend.function());
        for (len, salted) in
            [0, 1, 32, 63, 64, 96, 128].iter().flat_map(|len| [(*len, true), (*len, false)])
        {
            let prefix = bytes(7, len);
            let begin = Prefix::with_backend(backend, &prefix);
            let mut hasher = TextHasher::new(&begin);
            for block in &blocks {
                let outcomes = block.hash(&mut hasher, salted);
                assert_eq!(outcomes.len(), block.len);
                assert_eq!(outcomes.iter().count(), block.len);
                for (i, outcome) in outcomes.iter().enumerate() {
                    let right = block.right(suite, &prefix, salted, i);
                    assert_eq!(outcome.digest(), right, "{backend:?}, {salted}, text {i}");
                    assert_eq!(outcome.half()[..], right.as_bytes()[..16]);
                }
            }
        }
    }
}

#[test]
fn of_more_texts_than_a_block_holds_the_first_are_hashed() {
    let mut block = Block::new(&[18; Texts::MAX]);
    let prefix = Prefix::new(Suite::Sha256, b"");
    let mut hasher = TextHasher::new(&prefix);
    block.len += 1;
    assert_eq!(block.hash(&mut hasher, true).len(), Texts::MAX);
    block.len = 0;
    assert!(block.hash(&mut hasher, true).is_empty());
}

#[test]
fn behind_the_last_text_anything_may_stand() {
    for (start, len) in [(u32::MAX, 18), (0, 0), (0, u32::MAX)] {
        let mut block = Block::new(&[18; 5]);
        block.starts[5..].fill(start);
        block.lens[5..].fill(len);
        let prefix = Prefix::new(Suite::Sha256, b"");
        let mut hasher = TextHasher::new(&prefix);
        let outcomes = block.hash(&mut hasher, true);
        assert_eq!(outcomes.len(), 5);
        for (i, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.digest(), block.right(Suite::Sha256, b"", true, i));
        }
    }
}

#[test]
fn outcomes_above_their_limit_are_passed_over() {
    let block = Block::new(&[18; 21]);
    for backend in backends() {
        let first = |i| {
            let right = block.right(backend.function().into(), b"", true, i);
            u32::from_be_bytes(*right.as_bytes().first_chunk().unwrap())
        };
        // Every second one is just at its limit, the others just above.
        let limit = |i: usize| if i.is_multiple_of(2) { first(i) } else { first(i) - 1 };
        let prefix = Prefix::with_backend(backend, b"");
        let mut hasher = TextHasher::new(&prefix);
        let outcomes = block.hash(&mut hasher, true);
        let limits = std::array::from_fn(|i| if i < 21 { limit(i) } else { u32::MAX });
        let passed: Vec<usize> = outcomes.at_most(&limits).map(|(place, _)| place).collect();
        assert_eq!(passed, (0..21).step_by(2).collect::<Vec<_>>());
    }
}

#[test]
fn hashing_ends_before_a_text_that_there_is_none_of() {
    let whole = Block::new(&[18; 40]);
    let wrong = |block: &mut Block, i: usize, what: usize| match what {
        0 => block.lens[i] = 0,
        1 => block.lens[i] = Texts::LONGEST as u32 + 1,
        2 => block.starts[i] = block.bytes.len() as u32 - 17,
        3 => (block.starts[i], block.lens[i]) = (u32::MAX, u32::MAX),
        _ => block.len = i,
    };
    for (missing, what) in (0..40).flat_map(|missing| (0..5).map(move |what| (missing, what))) {
        let mut block = Block { bytes: whole.bytes.clone(), ..whole };
        wrong(&mut block, missing, what);
        for (prefix, salted) in
            [(Prefix::new(Suite::Sha256, b""), true), (Prefix::new(Suite::Sm3, &[5; 32]), false)]
        {
            let mut hasher = TextHasher::new(&prefix);
            let outcomes = block.hash(&mut hasher, salted);
            let seen = outcomes.at_most(&[u32::MAX; Texts::MAX]).count();
            assert_eq!((outcomes.len(), seen), (missing, missing), "case {what}");
            assert_eq!(outcomes.is_empty(), missing == 0);
        }
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
