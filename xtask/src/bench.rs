//! Placeholder while the rest is checked.
/// Flags.
#[derive(clap::Args)]
pub struct BenchArgs {}
/// Runs.
pub fn run(_: &BenchArgs) -> anyhow::Result<()> {
    Ok(())
}
