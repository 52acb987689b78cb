//! Chapter 2 and article 17: the annual plan, schemes with their calls, and conferences.

pub mod conference;
