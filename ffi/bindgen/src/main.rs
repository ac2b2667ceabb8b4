//! The generator of bindings, of the same version as the surface: `uniffi-bindgen generate --language kotlin …`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
