//! `server serve`.

use std::sync::Arc;

use anyhow::Context;
use axum::serve::ListenerExt;
use leptos::config::{Env, LeptosOptions};
use service::Ctx;
use service::clock::{Clock, SystemClock};
use service::message::{LetterHead, Outbox, Postman, Smtp};
use service::printing::Printing;
use service::uploads::Uploads;

use crate::clock::ShiftClock;
use crate::config::ServeConfig;
use crate::http::{AppState, PageCache, build_router};

/// Serves until the process is told to stop; requests under way are finished.
pub async fn run(config: ServeConfig) -> anyhow::Result<()> {
    let demo_clock = (config.demo && config.demo_clock).then(|| Arc::new(ShiftClock::default()));
    let clock: Arc<dyn Clock> = match &demo_clock {
        Some(clock) => clock.clone(),
        None => Arc::new(SystemClock),
    };
    let ctx = crate::start::context(
        &config.storage,
        clock,
        config.demo,
        config.upload_limit,
        config.public_url(),
    )
    .await?;
    if config.demo {
        service::demo::load(&ctx)
            .await
            .context("the demo could not be loaded")?;
    }
    // Ends at once on SQLite; on PostgreSQL it lives as long as the process.
    tokio::spawn(service::live::listen(ctx.clone()));
    start_messages(&ctx, &config)?;
    let uploads = Uploads::new(ctx.clone());
    tokio::spawn(uploads.clone().keep_sweeping());
    tokio::spawn(uploads.clone().keep_scanning());
    let state = AppState {
        leptos_options: leptos_options(&config)?,
        services: service::services(ctx.clone()),
        printing: Printing::new(ctx.clone()),
        uploads,
        ctx,
        pages: PageCache::default(),
        site_root: config.site_root.clone(),
        secure: config.secure,
        demo_clock,
        bench: config.bench,
    };
    // Without TCP_NODELAY a page streamed in several writes waits for the reader's acknowledgement, 40 ms each.
    let listener = tokio::net::TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("cannot listen on {}", config.addr))?
        .tap_io(|connection| {
            if let Err(error) = connection.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY could not be set");
            }
        });
    announce(&config);
    axum::serve(listener, build_router(state))
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(())
}

/// The outbox writes messages from the ledgers; with a mail server the postman mails them.
fn start_messages(ctx: &Arc<Ctx>, config: &ServeConfig) -> anyhow::Result<()> {
    let mail = &config.mail;
    let (Some(url), Some(from)) = (&mail.smtp_url, &mail.mail_from) else {
        tokio::spawn(Outbox::new(ctx.clone(), false).run());
        return Ok(());
    };
    let head = LetterHead {
        site: mail
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", config.addr)),
    };
    let postman = Postman::new(ctx.clone(), Arc::new(Smtp::new(&url.0, from)?), head);
    let outbox = Outbox::new(ctx.clone(), true);
    tokio::spawn(postman.run(outbox.mails()));
    tokio::spawn(outbox.run());
    Ok(())
}

/// Every page names the site's files by their hashes, which stand in a file beside the program.
fn leptos_options(config: &ServeConfig) -> anyhow::Result<LeptosOptions> {
    let options = LeptosOptions::builder()
        .output_name(std::env::var("LEPTOS_OUTPUT_NAME").unwrap_or_else(|_| "cchc-contest".to_owned()))
        .site_root(config.site_root.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(config.addr)
        .env(Env::PROD)
        .hash_files(true)
        .build();
    let hashes = std::env::current_exe()
        .context("cannot tell where this program lies")?
        .with_file_name(options.hash_file.as_ref());
    anyhow::ensure!(
        hashes.is_file(),
        "{} is missing: `cargo xtask build` writes it; keep it beside the program",
        hashes.display()
    );
    Ok(options)
}

fn announce(config: &ServeConfig) {
    println!("http://{}", config.addr);
    if config.demo {
        println!("{}", service::demo::SIGN_INS);
    }
}

/// Resolves on Ctrl-C and on the signal a service manager sends.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "only Ctrl-C stops this process");
            let _ = interrupt.await;
        }
    }
}
