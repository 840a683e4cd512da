//! `server admin create`: the first administrator.

use std::io::Read;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use service::clock::SystemClock;

use crate::config::StorageConfig;

/// Keeps accounts from the terminal.
#[derive(Args)]
pub struct Admin {
    #[command(subcommand)]
    command: AdminCommand,
    #[command(flatten)]
    storage: StorageConfig,
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Creates an administrator; the password is read from standard input, one line.
    Create {
        /// User name, e.g. `quantri`.
        user_name: String,
        /// Full name as shown.
        #[arg(long)]
        full_name: String,
        /// E-mail address, may also be used to sign in.
        #[arg(long)]
        email: String,
    },
}

/// Runs the command.
pub async fn run(admin: Admin) -> anyhow::Result<()> {
    let ctx = crate::start::context(&admin.storage, Arc::new(SystemClock), false, 0, String::new()).await?;
    match admin.command {
        AdminCommand::Create {
            user_name,
            full_name,
            email,
        } => {
            let mut password = String::new();
            std::io::stdin()
                .take(1024)
                .read_to_string(&mut password)
                .context("the password cannot be read")?;
            let password = password.lines().next().unwrap_or_default();
            if password.is_empty() {
                bail!("give the password on standard input, e.g. `server admin create … < password-file`");
            }
            match service::account::create_administrator(&ctx, &user_name, &full_name, &email, password).await
            {
                Ok(_) => println!("{user_name}"),
                Err(error) => bail!(app::ssr::error_text_in(app::i18n::Locale::en, &error)),
            }
            Ok(())
        }
    }
}
