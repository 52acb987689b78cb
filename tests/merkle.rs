//! RFC 9162 section 2.1: every small tree against the recursive definition, and refusals beside the
//! lawful counterpart.
#![allow(clippy::unwrap_used)]

use yicha::explain::{Explain, Lang};
use yicha::hash::{Digest, Suite};
use yicha::merkle::{
    Frontier, ProofError, Tree, leaf_hash, leaf_hashes, node_hash, verify_consistency,
    verify_inclusion,
};
use yicha::threads::Threads;

const SUITES: [Suite; 2] = [Suite::Sha256, Suite::Sm3];
const SIZES: u64 = 130;

/// MTH of section 2.1.1, as it stands there.
fn naive_root(suite: Suite, leaves: &[Digest]) -> Digest {
    match leaves {
        [] => suite.digest(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(suite, &naive_root(suite, left), &naive_root(suite, right))
        }
    }
}

/// PATH of section 2.1.3.1, as it stands there.
fn naive_inclusion(suite: Suite, m: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(k);
    let (mut path, other) = if m < k {
        (naive_inclusion(suite, m, left), right)
    } else {
        (naive_inclusion(suite, m - k, right), left)
    };
    path.push(naive_root(suite, other));
    path
}

/// SUBPROOF of section 2.1.4.1, as it stands there.
fn naive_subproof(suite: Suite, m: usize, leaves: &[Digest], whole: bool) -> Vec<Digest> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![naive_root(suite, leaves)] };
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(k);
    let (mut path, other) = if m <= k {
        (naive_subproof(suite, m, left, whole), right)
    } else {
        (naive_subproof(suite, m - k, right, false), left)
    };
    path.push(naive_root(suite, other));
    path
}

fn leaves(suite: Suite, count: u64) -> Vec<Digest> {
    (0..count).map(|i| leaf_hash(suite, &i.to_be_bytes())).collect()
}

fn tree(suite: Suite, count: u64) -> Tree {
    Tree::new(suite, leaves(suite, count), Threads::ONE)
}

/// The digest with one bit changed.
fn changed(digest: &Digest) -> Digest {
    let mut bytes = *digest.as_bytes();
    bytes[17] ^= 4;
    Digest::new(bytes)
}

#[test]
fn roots_and_proofs_are_those_of_the_definition() {
    for suite in SUITES {
        let leaves = leaves(suite, SIZES);
        for size in 0..=SIZES as usize {
            let leaves = &leaves[..size];
            let tree = Tree::new(suite, leaves.to_vec(), Threads::ONE);
            let root = naive_root(suite, leaves);
            assert_eq!((tree.root(), tree.size()), (root, size as u64));
            for i in 0..size {
                let path = tree.inclusion_proof(i as u64).unwrap();
                assert_eq!(path, naive_inclusion(suite, i, leaves), "leaf {i} of {size}");
            }
            for old in 1..=size {
                let path = tree.consistency_proof(old as u64).unwrap();
                assert_eq!(path, naive_subproof(suite, old, leaves, true), "{old} to {size}");
            }
        }
    }
}

#[test]
fn a_frontier_grows_to_the_same_root_however_it_is_fed() {
    for suite in SUITES {
        let leaves = leaves(suite, 2500);
        for step in [1, 2, 7, 8, 9, 40, 333, 1024, 2500] {
            let mut frontier = Frontier::new(suite);
            for part in leaves.chunks(step) {
                frontier.extend(part);
                let stored = (frontier.size(), frontier.nodes().to_vec());
                frontier = Frontier::from_parts(suite, stored.0, stored.1).unwrap();
                assert_eq!(
                    frontier.root(),
                    Tree::new(suite, leaves[..frontier.size() as usize].to_vec(), Threads::ONE)
                        .root(),
                    "{} leaves by {step}",
                    frontier.size()
                );
            }
        }
        let mut one_by_one = Frontier::new(suite);
        leaves.iter().for_each(|leaf| one_by_one.push(*leaf));
        assert_eq!(one_by_one.root(), naive_root(suite, &leaves));
    }
}

#[test]
fn entries_are_appended_as_their_leaf_hashes() {
    let entries: Vec<_> = (0..1500_usize).map(|i| vec![i as u8; i * 7 % 400]).collect();
    for suite in SUITES {
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(suite, entry)).collect();
        assert_eq!(leaf_hashes(suite, &entries), leaves);
        let (mut by_entries, mut by_leaves) = (Frontier::new(suite), Frontier::new(suite));
        by_entries.append(&entries);
        by_leaves.extend(&leaves);
        assert_eq!(by_entries, by_leaves);
    }
}

#[test]
fn a_tree_is_the_same_for_any_number_of_threads() {
    let leaves = leaves(Suite::Sha256, 10_001);
    let one = Tree::new(Suite::Sha256, leaves.clone(), Threads::ONE);
    for threads in [2, 3, 8] {
        let many = Tree::new(Suite::Sha256, leaves.clone(), Threads::at_most(threads));
        assert_eq!(many.root(), one.root());
        assert_eq!(many.inclusion_proof(9_999), one.inclusion_proof(9_999));
    }
}

#[test]
fn inclusion_holds_and_any_change_is_refused() {
    let suite = Suite::Sm3;
    for size in 1..=SIZES {
        let tree = tree(suite, size);
        let (root, leaves) = (tree.root(), tree.leaves());
        for index in 0..size {
            let (leaf, path) = (&leaves[index as usize], tree.inclusion_proof(index).unwrap());
            let verify = |leaf: &Digest, index, size, path: &[Digest], root: &Digest| {
                verify_inclusion(suite, leaf, index, size, path, root)
            };
            assert_eq!(verify(leaf, index, size, &path, &root), Ok(()));

            assert!(verify(&changed(leaf), index, size, &path, &root).is_err());
            assert!(verify(leaf, index, size, &path, &changed(&root)).is_err());
            for other in (0..size + 2).filter(|&other| other != index) {
                assert!(verify(leaf, other, size, &path, &root).is_err(), "{index} as {other}");
            }
            for at in 0..path.len() {
                let mut wrong = path.clone();
                wrong[at] = changed(&wrong[at]);
                assert!(verify(leaf, index, size, &wrong, &root).is_err());
                wrong.remove(at);
                assert!(verify(leaf, index, size, &wrong, &root).is_err());
            }
            let longer: Vec<_> = path.iter().copied().chain([root]).collect();
            assert_eq!(
                verify(leaf, index, size, &longer, &root),
                Err(ProofError::Length { found: path.len() + 1, wanted: path.len() })
            );
        }
    }
}

#[test]
fn a_size_that_asks_for_another_path_is_refused() {
    // Where two sizes give a leaf the same path, nothing but the root tells them apart: a size is
    // part of what is signed or announced together with the root.
    let tree = tree(Suite::Sha256, 11);
    let path = tree.inclusion_proof(10).unwrap();
    let leaf = &tree.leaves()[10];
    for size in [12, 13, 16, 17, 1000, u64::MAX] {
        let verdict = verify_inclusion(Suite::Sha256, leaf, 10, size, &path, &tree.root());
        assert!(matches!(verdict, Err(ProofError::Length { .. })), "size {size}: {verdict:?}");
    }
    assert_eq!(verify_inclusion(Suite::Sha256, leaf, 10, 11, &path, &tree.root()), Ok(()));
}

#[test]
fn consistency_holds_and_any_change_is_refused() {
    let suite = Suite::Sha256;
    let trees: Vec<_> = (0..=70).map(|size| tree(suite, size)).collect();
    for (new, later) in trees.iter().enumerate() {
        for (old, earlier) in trees.iter().enumerate().take(new + 1).skip(1) {
            let path = later.consistency_proof(old as u64).unwrap();
            let (old_root, new_root) = (earlier.root(), later.root());
            let verify = |old_root: &Digest, new_root: &Digest, path: &[Digest]| {
                verify_consistency(suite, old as u64, new as u64, old_root, new_root, path)
            };
            assert_eq!(verify(&old_root, &new_root, &path), Ok(()), "{old} to {new}");

            assert!(verify(&changed(&old_root), &new_root, &path).is_err());
            assert!(verify(&old_root, &changed(&new_root), &path).is_err());
            for at in 0..path.len() {
                let mut wrong = path.clone();
                wrong[at] = changed(&wrong[at]);
                assert!(verify(&old_root, &new_root, &wrong).is_err());
                wrong.remove(at);
                assert!(verify(&old_root, &new_root, &wrong).is_err());
            }
            let longer: Vec<_> = path.iter().copied().chain([new_root]).collect();
            assert!(verify(&old_root, &new_root, &longer).is_err());
            if old < new {
                assert!(verify(&new_root, &old_root, &path).is_err());
            }
        }
    }
}

#[test]
fn a_rewritten_history_is_inconsistent() {
    let suite = Suite::Sha256;
    let earlier = tree(suite, 20);
    let mut rewritten = leaves(suite, 50);
    rewritten[3] = changed(&rewritten[3]);
    let rewritten = Tree::new(suite, rewritten, Threads::ONE);
    let honest = tree(suite, 50);
    let verdict = |later: &Tree| {
        let path = later.consistency_proof(20).unwrap();
        verify_consistency(suite, 20, 50, &earlier.root(), &later.root(), &path)
    };
    assert!(
        matches!(verdict(&rewritten), Err(ProofError::Root { wanted, .. }) if wanted == earlier.root())
    );
    assert_eq!(verdict(&honest), Ok(()));
}

#[test]
fn what_does_not_exist_has_no_proof() {
    let suite = Suite::Sha256;
    let five = tree(suite, 5);
    assert_eq!(five.inclusion_proof(5), Err(ProofError::NoSuchLeaf { index: 5, size: 5 }));
    assert_eq!(five.inclusion_proof(4).unwrap().len(), 1);
    for old in [0, 6, u64::MAX] {
        assert_eq!(five.consistency_proof(old), Err(ProofError::NoSuchSize { old, new: 5 }));
        let root = five.root();
        let verdict = verify_consistency(suite, old, 5, &root, &root, &[]);
        assert_eq!(verdict, Err(ProofError::NoSuchSize { old, new: 5 }));
    }
    assert_eq!(five.consistency_proof(5), Ok(Vec::new()));

    let nothing = tree(suite, 0);
    assert_eq!(nothing.root(), suite.digest(&[]));
    let verdict = verify_inclusion(suite, &nothing.root(), 0, 0, &[], &nothing.root());
    assert_eq!(verdict, Err(ProofError::NoSuchLeaf { index: 0, size: 0 }));
}

#[test]
fn a_stored_frontier_has_a_node_for_each_bit_of_its_size() {
    let mut frontier = Frontier::new(Suite::Sm3);
    frontier.extend(&leaves(Suite::Sm3, 13));
    let nodes = frontier.nodes().to_vec();
    assert_eq!(nodes.len(), 3);
    assert_eq!(
        Frontier::from_parts(Suite::Sm3, 12, nodes.clone()),
        Err(ProofError::Length { found: 3, wanted: 2 })
    );
    assert_eq!(Frontier::from_parts(Suite::Sm3, 13, nodes), Ok(frontier));
}

#[test]
fn refusals_explain_themselves() {
    let digest = leaf_hash(Suite::Sha256, b"x");
    let refusals = [
        ProofError::NoSuchLeaf { index: 41, size: 17 },
        ProofError::NoSuchSize { old: 41, new: 17 },
        ProofError::Length { found: 41, wanted: 17 },
        ProofError::Root { found: digest, wanted: changed(&digest) },
    ];
    for refusal in &refusals {
        let (zh, en) = (refusal.message(Lang::Zh), refusal.message(Lang::En));
        assert!(zh != en && !zh.is_ascii() && en.is_ascii(), "{zh} {en}");
        let values = match refusal {
            ProofError::Root { found, wanted } => [found.to_string(), wanted.to_string()],
            _ => ["41".into(), "17".into()],
        };
        assert!(values.iter().all(|value| zh.contains(value) && en.contains(value)), "{zh} {en}");
    }
    let codes: std::collections::BTreeSet<_> = refusals.iter().map(Explain::code).collect();
    assert_eq!(codes.len(), refusals.len());
}
