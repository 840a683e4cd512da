//! JSON with one spelling: the same value gives the same bytes in every program.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a value has no canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotCanonical {
    #[error("a number that is not whole: {number}")]
    Float { number: String },
    #[error("no JSON: {cause}")]
    NotJson { cause: String },
}

/// Canonical bytes of a JSON value: sorted keys, no white space, whole numbers only.
///
/// # Errors
/// [`NotCanonical::Float`]: decimals travel as strings.
pub fn canonical_json(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text.into_bytes())
}

fn write(value: &Value, text: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Number(number) if number.is_f64() => {
            return Err(NotCanonical::Float {
                number: number.to_string(),
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string())
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            // sorted here, whatever order serde_json's map keeps in this build
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.cmp(b.0));
            text.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(member, text)?;
            }
            text.push('}');
        }
    }
    Ok(())
}
