//! JSON Schemas, draft 2020-12, of what a host sends and is sent, for those who write a host in another language.
//!
//! They say what the forms are, and less than what is read: a text of 129 bytes, a day that no calendar has, a number
//! of a section that does not exist are refused though a schema allows them.

use crate::code::MAX_CODE_LEN;
use crate::ledger::{Entry, Head, Tip};
use crate::office::{Decided, Receipt, Refused, Reply, Request};
use crate::query::{Answered, Asked};
use crate::register::{Inspector, Item, Target};
use alloc::format;
use alloc::vec::Vec;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// A code: see [`code`](crate::code).
pub(crate) const CODE: &str = "[0-9A-Za-z][0-9A-Za-z._#-]{0,63}";
const _: () = assert!(MAX_CODE_LEN == 64);

/// Every schema with its name. Fields that may be left out of what is read are not required there; what is written has
/// all of them.
pub fn documents() -> Vec<(&'static str, Value)> {
    let read = || SchemaSettings::draft2020_12().for_deserialize();
    let written = || SchemaSettings::draft2020_12().for_serialize();
    [
        ("answer", document::<Answered>("answer", written())),
        ("decided", document::<Decided>("decided", written())),
        ("entry", document::<Entry>("entry", written())),
        ("head", document::<Head>("head", written())),
        ("inspector-row", document::<Inspector>("inspector-row", read())),
        ("item-row", document::<Item>("item-row", read())),
        ("question", document::<Asked>("question", read())),
        ("receipt", document::<Receipt>("receipt", written())),
        ("refused", document::<Refused>("refused", written())),
        ("reply", document::<Reply>("reply", written())),
        ("request", document::<Request>("request", read())),
        ("target-row", document::<Target>("target-row", read())),
        ("tip", document::<Tip>("tip", written())),
    ]
    .into()
}

fn document<T: JsonSchema>(name: &str, settings: SchemaSettings) -> Value {
    let settings = settings.with_transform(RecursiveTransform(integers as fn(&mut Schema)));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".into(), format!("urn:yicha:{name}:1").into());
    schema.to_value()
}

/// Numbers go up to what every reader of JSON reads exactly (ledger-spec section 1), and have no format of Rust's.
fn integers(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if format.starts_with("uint") {
        let largest = (format == "uint64").then_some((1_u64 << 53) - 1);
        schema.remove("format");
        if let Some(largest) = largest {
            schema.insert("maximum".into(), largest.into());
        }
    }
}

/// The last word of a path.
pub(crate) fn name(path: &'static str) -> &'static str {
    path.rsplit("::").next().unwrap_or(path).trim()
}

/// The schema of a text with that pattern.
pub(crate) fn text(pattern: &str) -> Schema {
    schemars::json_schema!({ "type": "string", "pattern": format!("^{pattern}$") })
}

/// The schema of a closed list of codes.
pub(crate) fn codes(codes: &[&str]) -> Schema {
    schemars::json_schema!({ "type": "string", "enum": codes })
}

/// Implements `JsonSchema` for a type by an expression.
macro_rules! by_hand {
    ($type:ty, $schema:expr) => {
        impl schemars::JsonSchema for $type {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                $crate::schema::name(stringify!($type)).into()
            }

            fn schema_id() -> alloc::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($type)).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    };
}
pub(crate) use by_hand;

/// Year, month and day.
const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

by_hand!(crate::date::Date, text(DAY));
by_hand!(crate::date::Instant, text(&format!("{DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")));
by_hand!(crate::draw::announcement::FreeText, text(r"[^\u0000-\u001f\u007f-\u009f]{1,128}"));
by_hand!(crate::draw::announcement::Stage, text(&format!("(targets|inspectors:{CODE})")));
by_hand!(crate::hash::Digest, text("[0-9a-f]{64}"));
by_hand!(crate::plan::annual::PlanYear, text("[0-9]{4}"));
by_hand!(crate::version::V1, schemars::json_schema!({ "const": 1 }));
by_hand!(
    crate::draw::quota::BasisPoints,
    schemars::json_schema!({ "type": "integer", "minimum": 0, "maximum": 10000 })
);
