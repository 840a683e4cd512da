//! Names of functions taken out of lazily loaded chunks: wasm-bindgen does this for the main module only, and in a chunk
//! they are more than half of its bytes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use crate::files;

/// Takes the `name` section out of every wasm file of the folder.
pub fn all(folder: &Path) -> Result<()> {
    for path in files::walk(folder)?
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "wasm"))
    {
        let wasm = fs::read(path)?;
        let stripped = without_names(&wasm).with_context(|| path.display().to_string())?;
        if stripped.len() < wasm.len() {
            fs::write(path, stripped)?;
        }
    }
    Ok(())
}

fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(wasm.len());
    let mut kept = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == "name"
        {
            // the range begins after the section's id and length
            let (start, end) = (
                usize::try_from(section.range().start)?,
                usize::try_from(section.range().end)?,
            );
            let head = 1 + leb128_len(end - start);
            out.extend_from_slice(&wasm[kept..start - head]);
            kept = end;
        }
    }
    out.extend_from_slice(&wasm[kept..]);
    Ok(out)
}

/// Bytes of a number as wasm writes it, seven bits a byte.
fn leb128_len(number: usize) -> usize {
    let bits = (usize::BITS - number.leading_zeros()).max(1);
    bits.div_ceil(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, CustomSection, Function, FunctionSection, Module, NameMap, NameSection, TypeSection,
    };

    #[test]
    fn names_go_and_everything_else_stays() {
        let module = |named: bool| {
            let mut types = TypeSection::new();
            types.ty().function([], []);
            let mut functions = FunctionSection::new();
            functions.function(0);
            let mut code = CodeSection::new();
            let mut body = Function::new([]);
            body.instructions().end();
            code.function(&body);
            let mut module = Module::new();
            module.section(&types).section(&functions).section(&code);
            if named {
                let mut names = NameMap::new();
                names.append(0, &"a_long_name".repeat(40));
                let mut section = NameSection::new();
                section.functions(&names);
                module.section(&section);
            }
            let other = CustomSection {
                name: "other".into(),
                data: (&[1, 2, 3][..]).into(),
            };
            module.section(&other);
            module.finish()
        };
        assert_eq!(without_names(&module(true)).unwrap(), module(false));
        assert_eq!(without_names(&module(false)).unwrap(), module(false));
    }
}
