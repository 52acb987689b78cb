//! What goes over the border as JSON besides requests and questions: heads, tips and proofs. Ledger specification, section 3.

use crate::error::{Fault, refused};
use crate::text::Text;
use serde::{Serialize, de::DeserializeOwned};
use yicha::citation::Basis;
use yicha::explain::{Explain, Lang};
use yicha::json::{from_json, to_json};

/// A text that is not the JSON that it should be.
#[derive(Debug, thiserror::Error)]
#[error("{name} is not as section 3 of the ledger specification writes it: {found}")]
struct NotJson {
    name: &'static str,
    found: String,
}

impl Explain for NotJson {
    fn code(&self) -> &'static str {
        "ledger-json-form"
    }

    fn basis(&self) -> Basis {
        Basis::LedgerSpec(3)
    }

    fn message(&self, lang: Lang) -> String {
        let Self { name, found } = self;
        match lang {
            Lang::Zh => format!("{name}应按账本规范第3节书写：{found}"),
            Lang::En => self.to_string(),
        }
    }
}

/// Reads what somebody gave.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8], name: &'static str) -> Result<T, Fault> {
    from_json(json).map_err(|e| refused(NotJson { name, found: e.to_string() }))
}

/// Writes what is handed out.
pub(crate) fn text(value: &impl Serialize) -> Result<Box<Text>, Fault> {
    // Codes, texts and numbers can always be written.
    written(to_json(value).map_err(|_| Fault::panic())?)
}

/// JSON that the core has written, as a text.
pub(crate) fn written(json: Vec<u8>) -> Result<Box<Text>, Fault> {
    String::from_utf8(json).map(Text::new).map_err(|_| Fault::panic())
}
