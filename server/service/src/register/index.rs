//! What entries are found by, kept with every submission.

use contract::Result;
use rules::contest::UnitTree;
use rules::entry::{EntryContent, StatementSection};
use rules::id::ContestId;
use rules::register::{fingerprints, index_terms};
use store::Conn;
use store::entry::Entry;

use crate::ctx::Ctx;
use crate::entry::case::unit_tree;
use crate::entry::units;
use crate::error::Fault;

/// Entries of before the index that are caught up with at a time.
const BATCH: u64 = 200;

/// Indexes an entry as it is being submitted.
pub(crate) async fn put(db: &impl Conn, entry: &Entry, tree: &UnitTree) -> Result<()> {
    put_content(db, entry, &entry.content, tree).await
}

async fn put_content(db: &impl Conn, entry: &Entry, content: &EntryContent, tree: &UnitTree) -> Result<()> {
    let unit = units::name(tree, entry.unit).unwrap_or_default();
    let short = entry
        .unit
        .and_then(|unit| tree.get(unit))
        .map_or("", |node| node.short_name.as_str());
    let heads = [
        content.title.as_str(),
        entry.code.as_deref().unwrap_or_default(),
        unit.as_str(),
        short,
    ];
    let authors = content
        .authors
        .iter()
        .flat_map(|author| [author.full_name.as_str(), author.unit_name.as_str()]);
    let statement = StatementSection::ALL
        .into_iter()
        .map(|section| content.statement.section(section));
    let terms = index_terms(heads.into_iter().chain(authors).chain(statement));
    let prints = fingerprints(&text_of(content));
    store::register::index_entry(db, entry.contest, entry.id, entry.revision, terms, prints)
        .await
        .fault()
}

/// Title and statement as likeness compares them.
pub(super) fn text_of(content: &EntryContent) -> String {
    let statement = StatementSection::ALL
        .into_iter()
        .map(|section| content.statement.section(section));
    std::iter::once(content.title.as_str())
        .chain(statement)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Indexes entries of the contest and of published ones that were submitted before there was an index.
pub(super) async fn catch_up(ctx: &Ctx, contest: ContestId) -> Result<()> {
    let ids = store::register::unindexed(ctx.store.read(), contest, BATCH)
        .await
        .fault()?;
    if ids.is_empty() {
        return Ok(());
    }
    let tx = ctx.store.write(None).await.fault()?;
    let tree = unit_tree(tx.conn()).await?;
    for entry in store::entry::find_all(tx.conn(), &ids).await.fault()? {
        let submitted = store::entry::revision(tx.conn(), entry.id, entry.revision)
            .await
            .fault()?;
        let content = submitted.map_or_else(|| entry.content.clone(), |revision| revision.content);
        put_content(tx.conn(), &entry, &content, &tree).await?;
    }
    ctx.commit(tx).await.map(|_| ())
}
