//! A little of what the fuzzer does, on every run: attacks from a seed.

use fieldbook_attack::gate;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

#[test]
fn attacks_by_chance_break_no_document() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (mut passed, mut refused) = (0, 0);
    for attack in 0..400 {
        let mut bytes = vec![0; 64 + 2 * attack];
        rng.fill_bytes(&mut bytes);
        let (p, r) = gate(&bytes).unwrap();
        passed += p;
        refused += r;
    }
    assert!(passed > 50 && refused > 200, "{passed} passed, {refused} refused");
}
