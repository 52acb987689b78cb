//! Every backend of the machine against the `sha2` and `sm3` crates.
#![allow(clippy::unwrap_used)]

use yicha::hash::{Backend, Digest, Message, Prefix, Suite, many, many_slices};

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
    messages.iter().map(|message| backend.suite().digest(&[prefix, message])).collect()
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
