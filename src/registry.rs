//! Lists whose members have a file each.

/// Declares the files and lists what each holds under one name, so that a new member is one new file and one line.
///
/// `rustfmt` does not follow files that a macro declares; `.ci/run` names them to it.
macro_rules! registry {
    ($(#[$about:meta])* $list:ident: $member:ty = $name:ident in $($file:ident),+ $(,)?) => {
        $(pub(crate) mod $file;)+

        $(#[$about])*
        pub const $list: &[&$member] = &[$(&$file::$name),+];
    };
}

pub(crate) use registry;
