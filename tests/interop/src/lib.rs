//! Judges not written here: OpenSC, openssl, usbd-ccid.
