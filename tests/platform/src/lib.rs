//! A faithful sandbox of the national upstream, and its development PKI.
