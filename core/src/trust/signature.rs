use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// The Ed25519 public key of a secret seed.
pub fn public_key(secret: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(secret).verifying_key().to_bytes()
}

/// Signs a text with a secret seed.
pub fn sign(secret: &[u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(secret).sign(message).to_bytes()
}

/// Did the owner of this public key sign the text? A key that is none signed nothing.
pub fn is_signed(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    // Strict: of one text and key there is one good signature, and a weak key has none.
    VerifyingKey::from_bytes(public_key).is_ok_and(|key| {
        key.verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_key_and_one_text() {
        let (secret, message) = ([7; 32], b"fieldbook".as_slice());
        let (key, mut signature) = (public_key(&secret), sign(&secret, message));
        assert!(is_signed(&key, message, &signature));
        assert!(!is_signed(&key, b"fieldbooks", &signature));
        assert!(!is_signed(&public_key(&[8; 32]), message, &signature));
        assert!(
            !is_signed(&[0xff; 32], message, &signature),
            "no point of the curve"
        );
        signature[3] ^= 1;
        assert!(!is_signed(&key, message, &signature));
    }
}
