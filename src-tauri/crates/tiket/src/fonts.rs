//! The typeface of what is given out, under the SIL Open Font Licence (`fonts/OFL.txt`).

/// For text.
pub const MEDIUM: &[u8] = include_bytes!("../fonts/PlusJakartaSans-Medium.ttf");

/// For titles.
pub const EXTRA_BOLD: &[u8] = include_bytes!("../fonts/PlusJakartaSans-ExtraBold.ttf");
