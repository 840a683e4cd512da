//! The permission table: every action of the product, who may do it, in which phases.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::contest::ContestPhase;

/// What a call does. One variant a server function or endpoint; a test fails when one is missing from the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    // account
    SignIn,
    SignOut,
    SeeOwnAccount,
    ChangePassword,
    ManagePeople,
    // message
    SeeOwnMessages,
    SeeDeliveries,
    ResendMail,
    // contest
    ListContests,
    SeePublicContest,
    ListManagedContests,
    CreateContest,
    SeeSetup,
    SaveSetup,
    /// Mends the entry form of a contest that is open.
    AmendForm,
    AppointJury,
    OpenContest,
    SeeControlRoom,
    WatchBoard,
    WatchPublicProgress,
    // entry
    SeeOwnEntries,
    StartEntry,
    EditEntry,
    SubmitEntry,
    WithdrawEntry,
    InviteCoAuthor,
    SeeInvitation,
    AnswerInvitation,
    AnswerOwnInvitation,
    SeeUnitBoard,
    ScreenEntry,
    ForwardEntries,
    SeeEligibilityDesk,
    DecideEligibility,
    AssignBlindCodes,
    DownloadAttachment,
    // deadline
    SeeExtensions,
    GrantExtension,
    TakeUpEntry,
    SeeVersions,
    CheckReceipt,
    // register
    SetChecklist,
    RegisterEntry,
    ExportEntries,
    ImportEntries,
    ImportDirectory,
    // judging
    OpenRound,
    SeeQueue,
    SeeBlindEntry,
    ConfirmPrinciples,
    Score,
    DeclareConflict,
    RankEntries,
    SeeRoundDesk,
    Deliberate,
    DecideTie,
    SeeTally,
    LockRound,
    // results
    SeeResultsDesk,
    ProposePrizes,
    RecordDecision,
    SeeResult,
    ExportRecord,
    SeeLedger,
}

impl Action {
    /// Every action, in table order.
    pub const ALL: [Action; 64] = [
        Action::SignIn,
        Action::SignOut,
        Action::SeeOwnAccount,
        Action::ChangePassword,
        Action::ManagePeople,
        Action::SeeOwnMessages,
        Action::SeeDeliveries,
        Action::ResendMail,
        Action::ListContests,
        Action::SeePublicContest,
        Action::ListManagedContests,
        Action::CreateContest,
        Action::SeeSetup,
        Action::SaveSetup,
        Action::AmendForm,
        Action::AppointJury,
        Action::OpenContest,
        Action::SeeControlRoom,
        Action::WatchBoard,
        Action::WatchPublicProgress,
        Action::SeeOwnEntries,
        Action::StartEntry,
        Action::EditEntry,
        Action::SubmitEntry,
        Action::WithdrawEntry,
        Action::InviteCoAuthor,
        Action::SeeInvitation,
        Action::AnswerInvitation,
        Action::AnswerOwnInvitation,
        Action::SeeUnitBoard,
        Action::ScreenEntry,
        Action::ForwardEntries,
        Action::SeeEligibilityDesk,
        Action::DecideEligibility,
        Action::AssignBlindCodes,
        Action::ExportEntries,
        Action::DownloadAttachment,
        Action::SeeExtensions,
        Action::GrantExtension,
        Action::TakeUpEntry,
        Action::SeeVersions,
        Action::CheckReceipt,
        Action::SetChecklist,
        Action::RegisterEntry,
        Action::ImportEntries,
        Action::ImportDirectory,
        Action::OpenRound,
        Action::SeeQueue,
        Action::SeeBlindEntry,
        Action::ConfirmPrinciples,
        Action::Score,
        Action::DeclareConflict,
        Action::RankEntries,
        Action::SeeRoundDesk,
        Action::Deliberate,
        Action::DecideTie,
        Action::SeeTally,
        Action::LockRound,
        Action::SeeResultsDesk,
        Action::ProposePrizes,
        Action::RecordDecision,
        Action::SeeResult,
        Action::ExportRecord,
        Action::SeeLedger,
    ];
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// Open to everybody, signed in or not.
    pub anyone: bool,
    /// One of these is needed; empty means any signed-in person.
    pub roles: &'static [Role],
    /// Phases in which a contest allows it; not asked of actions outside a contest.
    pub phases: &'static [ContestPhase],
}

const EVERY: &[ContestPhase] = &ContestPhase::ALL;
const PUBLIC: &[ContestPhase] = &[
    ContestPhase::Open,
    ContestPhase::Judging,
    ContestPhase::AwaitingApproval,
    ContestPhase::Published,
];
const DRAFT: &[ContestPhase] = &[ContestPhase::Draft];
const OPEN: &[ContestPhase] = &[ContestPhase::Open];
const JUDGING: &[ContestPhase] = &[ContestPhase::Judging];
const AWAITING: &[ContestPhase] = &[ContestPhase::AwaitingApproval];
const PUBLISHED: &[ContestPhase] = &[ContestPhase::Published];
const BEFORE_DECISION: &[ContestPhase] = &[
    ContestPhase::Open,
    ContestPhase::Judging,
    ContestPhase::AwaitingApproval,
];
const JURY_PHASES: &[ContestPhase] = &[ContestPhase::Draft, ContestPhase::Open, ContestPhase::Judging];
const FROM_JUDGING: &[ContestPhase] = &[
    ContestPhase::Judging,
    ContestPhase::AwaitingApproval,
    ContestPhase::Published,
];
const FROM_RESULT: &[ContestPhase] = &[ContestPhase::AwaitingApproval, ContestPhase::Published];

const ORGANISERS: &[Role] = &[Role::Organiser];
const MANAGERS: &[Role] = &[Role::Organiser, Role::Administrator];
const DESK: &[Role] = &[Role::Organiser, Role::JuryChair, Role::Leader];
const JUDGES: &[Role] = &[Role::Judge, Role::JuryChair];
const SIGNED_IN: &[Role] = &[];

const fn anyone(phases: &'static [ContestPhase]) -> Permit {
    Permit {
        anyone: true,
        roles: SIGNED_IN,
        phases,
    }
}

const fn only(roles: &'static [Role], phases: &'static [ContestPhase]) -> Permit {
    Permit {
        anyone: false,
        roles,
        phases,
    }
}

/// The row of `action`. Ownership (the author of *this* entry, the judge of *this* round) is asked on top, in the service.
pub const fn permit(action: Action) -> Permit {
    match action {
        Action::SignIn | Action::ListContests => anyone(EVERY),
        Action::SeePublicContest | Action::WatchPublicProgress => anyone(PUBLIC),
        Action::SeeResult => anyone(PUBLISHED),
        Action::SignOut | Action::SeeOwnAccount | Action::ChangePassword | Action::SeeOwnEntries => {
            only(SIGNED_IN, EVERY)
        }
        Action::SeeOwnMessages => only(SIGNED_IN, EVERY),
        Action::SeeDeliveries | Action::ResendMail => only(ORGANISERS, EVERY),
        Action::ManagePeople => only(&[Role::Administrator], EVERY),
        Action::ListManagedContests => only(
            &[
                Role::Organiser,
                Role::Administrator,
                Role::Leader,
                Role::JuryChair,
                Role::Reader,
            ],
            EVERY,
        ),
        // A contest cannot have an organiser before it exists: administrators and organisers of any contest create.
        Action::CreateContest => only(MANAGERS, EVERY),
        Action::SeeSetup => only(MANAGERS, EVERY),
        Action::SaveSetup => only(ORGANISERS, DRAFT),
        Action::AmendForm => only(ORGANISERS, OPEN),
        Action::AppointJury => only(ORGANISERS, JURY_PHASES),
        Action::OpenContest => only(ORGANISERS, DRAFT),
        Action::SeeControlRoom => only(ORGANISERS, EVERY),
        Action::WatchBoard => only(DESK, PUBLIC),
        Action::StartEntry | Action::EditEntry | Action::SubmitEntry => only(&[Role::Author], OPEN),
        Action::WithdrawEntry => only(&[Role::Author], BEFORE_DECISION),
        Action::InviteCoAuthor => only(&[Role::Author], OPEN),
        // Whoever holds the link: an outside co-author has no account. After the intake it says that it is too late.
        Action::SeeInvitation => anyone(PUBLIC),
        Action::AnswerInvitation => anyone(OPEN),
        Action::AnswerOwnInvitation => only(SIGNED_IN, OPEN),
        Action::SeeUnitBoard => only(&[Role::UnitCoordinator], PUBLIC),
        Action::ScreenEntry | Action::ForwardEntries => only(&[Role::UnitCoordinator], OPEN),
        Action::SeeEligibilityDesk => only(ORGANISERS, PUBLIC),
        Action::DecideEligibility | Action::AssignBlindCodes => only(ORGANISERS, OPEN),
        Action::DownloadAttachment => only(SIGNED_IN, PUBLIC),
        Action::SeeExtensions => only(ORGANISERS, PUBLIC),
        Action::GrantExtension => only(ORGANISERS, OPEN),
        Action::TakeUpEntry => only(&[Role::Author], OPEN),
        Action::SeeVersions => only(&[Role::Author, Role::UnitCoordinator, Role::Organiser], PUBLIC),
        Action::CheckReceipt => anyone(PUBLIC),
        Action::SetChecklist => only(ORGANISERS, &[ContestPhase::Draft, ContestPhase::Open]),
        Action::RegisterEntry => only(&[Role::Organiser, Role::UnitCoordinator], OPEN),
        Action::ExportEntries => only(ORGANISERS, PUBLIC),
        Action::ImportEntries => only(ORGANISERS, OPEN),
        Action::ImportDirectory => only(&[Role::Administrator], EVERY),
        Action::OpenRound => only(ORGANISERS, &[ContestPhase::Open, ContestPhase::Judging]),
        Action::SeeQueue => only(JUDGES, FROM_JUDGING),
        Action::SeeBlindEntry => only(JUDGES, JUDGING),
        Action::ConfirmPrinciples | Action::Score | Action::DeclareConflict | Action::RankEntries => {
            only(JUDGES, JUDGING)
        }
        // From `Open`: a round is opened from its desk.
        Action::SeeRoundDesk => only(&[Role::Organiser, Role::JuryChair], PUBLIC),
        Action::Deliberate => only(&[Role::Organiser, Role::JuryChair], JUDGING),
        Action::DecideTie => only(&[Role::JuryChair], JUDGING),
        Action::SeeTally => only(&[Role::Organiser, Role::JuryChair], FROM_JUDGING),
        Action::LockRound => only(&[Role::Organiser, Role::JuryChair], JUDGING),
        Action::SeeResultsDesk => only(&[Role::Organiser, Role::Leader], FROM_RESULT),
        Action::ProposePrizes => only(ORGANISERS, AWAITING),
        Action::RecordDecision => only(ORGANISERS, AWAITING),
        Action::ExportRecord => only(
            &[Role::Organiser, Role::Leader, Role::JuryChair, Role::Reader],
            PUBLISHED,
        ),
        Action::SeeLedger => only(&[Role::Organiser, Role::Reader, Role::Leader], PUBLISHED),
    }
}
