//! The examples of RFC 9421 appendix B.2: our base construction must make the very bytes that the RFC's
//! authors signed, which their signatures prove.

use super::Base;
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use base64ct::{Base64, Encoding};

const CREATED: &str = ";created=1618884473";
const REQUEST_DIGEST: &str =
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
const RESPONSE_DIGEST: &str =
    "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
const DATE: &str = "Tue, 20 Apr 2021 02:07:55 GMT";

/// B.1.2 test-key-rsa-pss
const RSA_PSS: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2\
    +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+\
    oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq\
    gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W\
    Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4\
    aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI\
    2wIDAQAB";
/// B.1.3 test-key-ecc-p256
const ECC_P256: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\
    w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";
/// B.1.4 test-key-ed25519
const ED25519_KEY: &str = "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
/// B.1.5 test-shared-secret
const SECRET: &str =
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

#[test]
fn b_2_1_minimal() {
    let (base, params) =
        Base::new().finish(&format!("{CREATED};keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\""));
    assert_eq!(params, "();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"");
    signed(
        &base,
        "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zF\
         ZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4D\
         GezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV\
         5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==",
        RSA_PSS,
        &RSA_PSS_2048_8192_SHA512,
    );
}

#[test]
fn b_2_2_selected_components_with_a_parameter() {
    let (base, params) = Base::new()
        .cover("@authority", "example.com")
        .cover("content-digest", REQUEST_DIGEST)
        .cover_with("@query-param", ";name=\"Pet\"", "dog")
        .finish(&format!("{CREATED};keyid=\"test-key-rsa-pss\";tag=\"header-example\""));
    assert!(params.starts_with("(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created="));
    signed(
        &base,
        "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCM\
         kSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4\
         UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQo\
         sMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==",
        RSA_PSS,
        &RSA_PSS_2048_8192_SHA512,
    );
}

#[test]
fn b_2_3_full_coverage() {
    let (base, _) = Base::new()
        .cover("date", DATE)
        .cover("@method", "POST")
        .cover("@path", "/foo")
        .cover("@query", "?param=Value&Pet=dog")
        .cover("@authority", "example.com")
        .cover("content-type", "application/json")
        .cover("content-digest", REQUEST_DIGEST)
        .cover("content-length", "18")
        .finish(&format!("{CREATED};keyid=\"test-key-rsa-pss\""));
    signed(
        &base,
        "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp\
         768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmI\
         koQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyM\
         UJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==",
        RSA_PSS,
        &RSA_PSS_2048_8192_SHA512,
    );
}

#[test]
fn b_2_4_a_response_with_p256() {
    let (base, params) = Base::new()
        .cover("@status", "200")
        .cover("content-type", "application/json")
        .cover("content-digest", RESPONSE_DIGEST)
        .cover("content-length", "23")
        .finish(&format!("{CREATED};keyid=\"test-key-ecc-p256\""));
    assert_eq!(
        params,
        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;\
         keyid=\"test-key-ecc-p256\""
    );
    const SIGNATURE: &str =
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==";
    signed(&base, SIGNATURE, ECC_P256, &ECDSA_P256_SHA256_FIXED);

    // The same through the key type the verifier uses.
    let spki = Base64::decode_vec(ECC_P256).unwrap();
    let key = crate::VerifyingKey::new(&crate::Jwk::from_point(&spki[spki.len() - 65..]).unwrap()).unwrap();
    let signature: [u8; 64] = Base64::decode_vec(SIGNATURE).unwrap().try_into().unwrap();
    assert!(key.verify(base.as_bytes(), &signature));
    assert!(!key.verify(base.replace("23", "24").as_bytes(), &signature));
}

#[test]
fn b_2_5_shared_secret() {
    let (base, _) = Base::new()
        .cover("date", DATE)
        .cover("@authority", "example.com")
        .cover("content-type", "application/json")
        .finish(&format!("{CREATED};keyid=\"test-shared-secret\""));
    let key = hmac::Key::new(hmac::HMAC_SHA256, &Base64::decode_vec(SECRET).unwrap());
    let tag = Base64::decode_vec("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=").unwrap();
    assert!(hmac::verify(&key, base.as_bytes(), &tag).is_ok(), "{base}");
}

#[test]
fn b_2_6_ed25519() {
    let (base, _) = Base::new()
        .cover("date", DATE)
        .cover("@method", "POST")
        .cover("@path", "/foo")
        .cover("@authority", "example.com")
        .cover("content-type", "application/json")
        .cover("content-length", "18")
        .finish(&format!("{CREATED};keyid=\"test-key-ed25519\""));
    let spki = Base64::decode_vec(ED25519_KEY).unwrap();
    let signature =
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
    let key = UnparsedPublicKey::new(&ED25519, &spki[spki.len() - 32..]);
    assert!(key.verify(base.as_bytes(), &Base64::decode_vec(signature).unwrap()).is_ok(), "{base}");
}

/// The RFC's signature holds over our base, and over no other.
fn signed(base: &str, signature: &str, spki: &str, algorithm: &'static dyn VerificationAlgorithm) {
    let key = UnparsedPublicKey::new(algorithm, Base64::decode_vec(spki).unwrap());
    let signature = Base64::decode_vec(signature).unwrap();
    assert!(key.verify(base.as_bytes(), &signature).is_ok(), "{base}");
    assert!(key.verify(format!("{base} ").as_bytes(), &signature).is_err());
}
