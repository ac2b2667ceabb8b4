#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(escape) = fieldbook_attack::gate(bytes) {
        panic!("{escape}");
    }
});
