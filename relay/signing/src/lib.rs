//! The house's profile of RFC 9421 (HTTP Message Signatures) and RFC 9530 (Digest Fields), both sides.
