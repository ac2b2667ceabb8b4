//! Everything that the fuzzer found worth keeping goes through the same functions on every run of the tests.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use fieldbook_attack::{Escape, decoder, gate};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn replay<T>(target: &str, run: impl Fn(&[u8]) -> Result<T, Escape>) -> Outcome<Vec<T>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<PathBuf> = entries.collect::<Outcome<_>>()?;
    files.sort();
    assert!(
        files.len() > 50,
        "the corpus of {target} is gone: {} files",
        files.len()
    );
    let run =
        |path: PathBuf| Ok(run(&fs::read(&path)?).map_err(|escape| format!("{}: {escape}", path.display()))?);
    files.into_iter().map(run).collect()
}

#[test]
fn no_bytes_of_the_corpus_harm_the_decoder() -> Outcome<()> {
    replay("decoder", decoder).map(drop)
}

#[test]
fn no_change_of_the_corpus_passes_the_gate_and_breaks_a_document() -> Outcome<()> {
    let (mut passed, mut refused) = (0, 0);
    for (p, r) in replay("gate", gate)? {
        passed += p;
        refused += r;
    }
    assert!(
        passed > 100 && refused > 100,
        "the corpus is too tame: {passed} passed, {refused} refused"
    );
    Ok(())
}
