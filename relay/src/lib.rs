//! The office's relay: holds the client certificate, checks and forwards signed requests, and nothing else.
