//! Dossiers as bags: the documents that the ledger names, under the digests that it has of them.

use super::small::{District, run};
use std::collections::BTreeSet;
use std::fs;
use yicha::hash::Suite;
use yicha_examples::job::Progress;

#[test]
fn a_bag_has_what_its_dossier_names() {
    let district = District::new();
    let options = district.options("out");
    let mut year = run(&options, 6).unwrap();
    year.write(&options, &Progress::hidden()).unwrap();
    let world = year.host.office().world();
    let closed: Vec<_> = world.dossiers.iter().filter(|(_, d)| d.closed.is_some()).collect();
    let folder = options.out.join("internal/dossiers");
    let bags: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|bag| bag.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(bags, closed.iter().map(|(id, _)| id.to_string()).collect());
    assert!(closed.len() > 30);
    for (id, dossier) in closed {
        let bag = folder.join(id.as_str());
        let read = |name: &str| fs::read_to_string(bag.join(name)).unwrap();
        let mut recorded = BTreeSet::new();
        for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            for line in read(manifest).lines() {
                let (digest, name) = line.split_once("  ").unwrap();
                assert_eq!(Suite::Sha256.digest(&[read(name).as_bytes()]).to_string(), digest);
                if name.starts_with("data/") {
                    recorded.insert(digest.parse().unwrap());
                }
            }
        }
        assert_eq!(recorded, dossier.documents.keys().copied().collect(), "{id}");
        let inspection = world.inspection(&dossier.opened.inspection).unwrap();
        assert!(inspection.documents_of(&dossier.opened.department).is_subset(&recorded), "{id}");
    }
}

#[test]
fn a_document_is_kept_with_a_salt_under_the_digest_that_the_ledger_has() {
    let district = District::new();
    let options = district.options("out");
    let year = run(&options, 6).unwrap();
    let dossier = year.host.office().world().dossiers.values().next().unwrap();
    let (digest, _) = dossier.documents.iter().next().unwrap();
    let (name, text) = year.host.store().document(digest).unwrap().unwrap();
    assert_eq!(Suite::Sha256.digest(&[text.as_bytes()]), *digest, "{name}");
    assert!(text.starts_with("salt\t") && !name.is_empty());
}
