//! Debug texts of what holds a command on its way: the name alone, because the command may be a PIN.

macro_rules! opaque {
    ($($type:ident),+) => {$(
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($type))
            }
        }
    )+};
}

pub(crate) use opaque;
