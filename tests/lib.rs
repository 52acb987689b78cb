//! Shared pieces of the workspace tests.

/// The known answers. Test targets that read them are called `vectors...`, so that `tests/run --vectors` finds them.
pub mod vectors {
    use std::path::PathBuf;

    /// A file of the folder named by `YICHA_VECTORS`, else of `tests/vectors/`.
    pub fn path(file: &str) -> PathBuf {
        let own = || concat!(env!("CARGO_MANIFEST_DIR"), "/vectors").into();
        std::env::var_os("YICHA_VECTORS").map_or_else(own, PathBuf::from).join(file)
    }

    /// The text of such a file. A missing file fails the test and is named.
    ///
    /// # Panics
    /// When the file cannot be read.
    pub fn read(file: &str) -> String {
        let path = path(file);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }
}
