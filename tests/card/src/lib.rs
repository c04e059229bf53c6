//! A virtual My Number card and the virtual readers in front of it.
