//! Statements as documents: the blind copy a judge reads.

use contract::Result;
use papers::{
    FileLine, Paper, Statement, StatementPart, answer_part, maturity_name, scope_name, section_name,
};
use rules::account::Actor;
use rules::entry::{AnswerLine, EntryContent, StatementSection};
use rules::event::EntryLabel;
use rules::id::RoundId;
use rules::time::{Timestamp, format_date};
use store::contest::ContestRow;

use super::{Printed, Printing};
use crate::entry::form::form_of;
use crate::error::Fault;

/// The date blind copies carry: a real one would tell when the entry was written.
const NO_DATE: Timestamp = Timestamp::UNIX_EPOCH;

impl Printing {
    /// The statement of the entry called `label`, its code on every page, without authors, units and file names.
    ///
    /// # Errors
    /// As for the files of a blind entry.
    pub async fn blind_statement(
        &self,
        actor: &Actor,
        round: RoundId,
        label: &EntryLabel,
    ) -> Result<Printed> {
        let (contest, blind) = crate::uploads::blind_entry(&self.ctx, actor, round, label).await?;
        let db = self.ctx.store.read();
        let entry = store::entry::find(db, blind.entry)
            .await
            .fault()?
            .ok_or(crate::uploads::ABSENT)?;
        let form = form_of(db, &contest, entry.content.form_version).await?;
        let answers = form.lines_for_judges(&entry.content);
        let statement = Statement {
            code: label.0.clone(),
            authors: Vec::new(),
            made: NO_DATE,
            blind: true,
            files: Vec::new(),
            ..of_content(&contest, entry.content, &answers)
        };
        self.print(format!("{}.pdf", label.0), Paper::Statement(statement))
            .await
    }
}

/// What a statement shows of an entry's content, authors aside; `answers` to the contest's own questions come last.
pub(super) fn of_content(contest: &ContestRow, content: EntryContent, answers: &[AnswerLine]) -> Statement {
    let categories = &contest.setup.categories;
    let category = categories
        .iter()
        .find(|category| Some(&category.code) == content.category.as_ref());
    let part = |section: StatementSection| {
        let text = content.statement.section(section);
        let written = !text.trim().is_empty();
        written.then(|| StatementPart::of_text(section_name(section), text))
    };
    Statement {
        contest: contest.name.clone(),
        code: String::new(),
        category: category.map(|category| category.name.clone()).unwrap_or_default(),
        scope: content.scope.map(scope_name).unwrap_or_default(),
        maturity: content.maturity.map(maturity_name).unwrap_or_default(),
        applied_on: content.first_applied_on.map(format_date),
        authors: Vec::new(),
        made: NO_DATE,
        blind: false,
        parts: StatementSection::ALL
            .into_iter()
            .filter_map(part)
            .chain(answers.iter().filter_map(answer_part))
            .collect(),
        files: Vec::<FileLine>::new(),
        title: content.title,
    }
}
