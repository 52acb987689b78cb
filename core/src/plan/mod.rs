//! Chapter 2 and articles 3 and 17: the joint list, the annual plan, schemes with their calls, and conferences.

pub mod annual;
pub mod call;
pub mod conference;
pub mod joint_list;
pub mod scheme;
mod window;

pub use window::Window;
