//! Sending a filing exactly once, whatever happens on the way.
