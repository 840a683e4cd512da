//! Writing an entry of the demo as its author would, step by step.

use contract::Result;
use contract::author::{AnswerInvitation, InviteCoAuthor, Invitee};
use contract::entry::{NewAttachment, SaveDraft, StartEntry, StepContent, SubmitEntry};
use rules::account::Actor;
use rules::entry::{
    AttachmentKind, Author, AuthorType, EntryScope, Maturity, Statement, StatementSection, even_shares,
};
use rules::id::{ContestId, EntryId, UnitId, UserId, Version};
use rules::points::Points;

use super::script::Script;
use crate::uploads::Uploads;

/// An entry as the demo's files have it.
pub(super) struct NewEntry<'a> {
    pub title: &'a str,
    pub category: &'a str,
    pub scope: EntryScope,
    pub lead: UserId,
    pub unit: UnitId,
    pub unit_name: &'a str,
    /// Names and shares in hundredths of a percent; even where the file gives none.
    pub authors: Vec<(String, Option<Points>)>,
}

/// Starts a draft and fills every step but the declaration where `complete` is false.
pub(super) async fn draft(
    script: &Script,
    author: &Actor,
    contest: ContestId,
    entry: &NewEntry<'_>,
    complete: bool,
) -> Result<(EntryId, Version)> {
    let command = StartEntry {
        key: script.key(),
        contest,
    };
    let id = script.services.entry.start(author, command).await?;
    let view = script.services.entry.draft(author, id).await?;
    let declaration = view.declaration.version;
    let mut version = view.version;
    let mut steps = vec![
        authors(entry),
        StepContent::Topic {
            title: entry.title.to_owned(),
            category: Some(entry.category.to_owned()),
            scope: Some(entry.scope),
            maturity: Some(Maturity::Proposed),
            first_applied_on: None,
        },
        StepContent::Statement {
            statement: statement(entry.title, complete),
        },
    ];
    if complete {
        steps.push(StepContent::Declaration {
            accepted: Some(declaration),
        });
    }
    for content in steps {
        let command = SaveDraft {
            key: script.key(),
            entry: id,
            expected: version,
            content,
        };
        version = script.services.entry.save_draft(author, command).await?.version;
    }
    for index in 1..entry.authors.len() {
        agree(script, author, id, version, index).await?;
    }
    Ok((id, version))
}

/// Invites the author in this place by their invented address, and lets them accept by the link.
async fn agree(
    script: &Script,
    author: &Actor,
    entry: EntryId,
    expected: Version,
    index: usize,
) -> Result<()> {
    let view = script.services.entry.draft(author, entry).await?;
    let Some(invited) = view.content.authors.get(index) else {
        return Ok(());
    };
    let command = InviteCoAuthor {
        key: script.key(),
        entry,
        expected,
        invitee: Invitee::Email {
            full_name: invited.full_name.clone(),
            email: invited.contact.clone(),
        },
    };
    let id = script.services.author.invite(author, command).await?;
    let Some(mail) = crate::entry::invitation_mail(&script.ctx, id).await? else {
        return Ok(());
    };
    let token = mail.path.trim_start_matches("/invitations/").to_owned();
    let nobody = Actor::Anonymous;
    let page = script.services.author.invitation(&nobody, token.clone()).await?;
    let command = AnswerInvitation {
        key: script.key(),
        token,
        expected: page.version,
        accepted: true,
    };
    script.services.author.answer(&nobody, command).await
}

/// Submits a complete draft.
pub(super) async fn submit(script: &Script, author: &Actor, entry: EntryId, version: Version) -> Result<()> {
    let command = SubmitEntry {
        key: script.key(),
        entry,
        expected: version,
    };
    script.services.entry.submit(author, command).await.map(|_| ())
}

/// Adds the medium that an IT entry must carry: a drawn pattern, nobody's picture.
pub(super) async fn attach_picture(script: &Script, author: &Actor, entry: EntryId) -> Result<()> {
    let new = NewAttachment {
        key: script.key(),
        entry,
        kind: AttachmentKind::Image,
        file_name: "hinh-minh-hoa.png".to_owned(),
    };
    let mut upload = Uploads::new(script.ctx.clone()).begin(author, new, None).await?;
    upload.write(include_bytes!("../../demo/picture.png")).await?;
    upload.finish().await.map(|_| ())
}

fn authors(entry: &NewEntry<'_>) -> StepContent {
    let even = even_shares(entry.authors.len());
    let authors = entry
        .authors
        .iter()
        .zip(even)
        .enumerate()
        .map(|(index, ((name, share), even))| Author {
            user: (index == 0).then_some(entry.lead),
            full_name: name.clone(),
            unit: Some(entry.unit),
            unit_name: entry.unit_name.to_owned(),
            position: String::new(),
            contact: if index == 0 {
                String::new()
            } else {
                // a domain that can never receive anything
                format!("{}@example.com", rules::text::slug(name))
            },
            share: share.unwrap_or(even),
            lead: index == 0,
        });
    let author_type = if entry.authors.len() > 1 {
        AuthorType::Group
    } else {
        AuthorType::Individual
    };
    StepContent::Authors {
        author_type,
        authors: authors.collect(),
    }
}

/// A statement that says of itself that it is invented; `complete` or with its last sections still to be written.
fn statement(title: &str, complete: bool) -> Statement {
    let subject = title.trim_start_matches("[Giả định]").trim();
    let texts = [
        (
            StatementSection::CurrentSituation,
            format!(
                "[Giả định] Trước khi có “{subject}”, công chức phải nhập cùng một thông tin vào nhiều biểu mẫu; người dân \
                 đến nhiều lần vì thiếu giấy tờ và không biết hồ sơ đang ở bước nào."
            ),
        ),
        (
            StatementSection::Purpose,
            "[Giả định] Rút ngắn thời gian giải quyết, giảm số lần đi lại và giảm sai sót khi chuyển hồ sơ giữa các bộ phận."
                .to_owned(),
        ),
        (
            StatementSection::Solution,
            "[Giả định] Bước 1: rà soát quy trình và biểu mẫu đang dùng.\nBước 2: gộp các trường trùng lặp, làm mẫu điền sẵn.\n\
             Bước 3: thử tại một bộ phận trong bốn tuần, ghi lại thời gian xử lý.\nBước 4: điều chỉnh và hướng dẫn toàn đơn vị."
                .to_owned(),
        ),
        (
            StatementSection::Novelty,
            "[Giả định] Đơn vị chưa có cách làm này; điểm mới là dữ liệu nhập một lần được dùng lại ở mọi bước sau."
                .to_owned(),
        ),
        (
            StatementSection::Applicability,
            "[Giả định] Áp dụng được ở các phòng chuyên môn và Bộ phận tiếp nhận và trả kết quả, không cần thêm biên chế."
                .to_owned(),
        ),
        (
            StatementSection::Effect,
            "[Giả định] Ước tính giảm 15 phút mỗi hồ sơ; với 40 hồ sơ một tuần là 10 giờ làm việc. Cách tính: thời gian trung \
             bình trước và sau khi thử, nhân với số hồ sơ."
                .to_owned(),
        ),
    ];
    let kept = if complete { texts.len() } else { 2 };
    Statement(texts.into_iter().take(kept).collect())
}
