//! Icons, fonts and images: copied to the site as they are, removed when they are gone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;
use crate::profile::PKG_DIR;

/// Makes `site` (outside its pkg folder) an exact copy of `source`, touching only what changed.
pub fn sync(source: &Path, site: &Path) -> Result<()> {
    for path in files::walk(site)? {
        let relative = path.strip_prefix(site)?;
        let name = relative.to_string_lossy();
        let original = name
            .strip_suffix(".br")
            .or(name.strip_suffix(".gz"))
            .unwrap_or(&name);
        let known = source.join(original).is_file() || source.join(relative).is_file();
        if !relative.starts_with(PKG_DIR) && !known {
            fs::remove_file(&path)?;
        }
    }
    for path in files::walk(source)? {
        let target = site.join(path.strip_prefix(source)?);
        if files::is_stale(&target, &path) {
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
