//! Known answers of RFC 6962, which RFC 9162 keeps.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use yicha::hash::{Digest, Suite};
use yicha::merkle::{Frontier, leaf_hash, node_hash};

fn known() -> Value {
    serde_json::from_str(&yicha_tests::vectors::read("merkle/rfc6962_known_answers.json")).unwrap()
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

/// The leaf hashes of the eight inputs.
fn leaves(known: &Value) -> Vec<Digest> {
    let inputs = texts(&known["leaf_inputs_hex"]);
    inputs.iter().map(|input| leaf_hash(Suite::Sha256, &bytes(input))).collect()
}

#[test]
fn roots_of_zero_to_eight_leaves() {
    let known = known();
    let mut tree = Frontier::new(Suite::Sha256);
    let mut roots = vec![tree.root().to_string()];
    for leaf in leaves(&known) {
        tree.push(leaf);
        roots.push(tree.root().to_string());
    }
    assert_eq!(roots, texts(&known["root_hashes_hex_size_0_to_8"]));
}

#[test]
fn every_node_of_the_eight_leaf_tree() {
    let known = known();
    let mut level = leaves(&known);
    for answers in known["node_hashes_hex_by_level"].as_array().unwrap() {
        let found: Vec<String> = level.iter().map(ToString::to_string).collect();
        assert_eq!(found, texts(answers));
        let pairs = level.chunks_exact(2);
        level = pairs.map(|pair| node_hash(Suite::Sha256, &pair[0], &pair[1])).collect();
    }
    assert!(level.is_empty(), "the last level is the root alone");
}

#[test]
fn single_hashes() {
    let hasher = &known()["hasher"];
    let suite = Suite::Sha256;
    assert_eq!(Frontier::new(suite).root().to_string(), hasher["empty_root"].as_str().unwrap());
    assert_eq!(leaf_hash(suite, b"").to_string(), hasher["empty_leaf"].as_str().unwrap());
    let leaf = leaf_hash(suite, b"L123456").to_string();
    assert_eq!(leaf, hasher["leaf_ascii_L123456"].as_str().unwrap());
}
