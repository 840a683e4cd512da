//! Sending files from the browser, one after the other, with what has arrived of each.

use leptos::prelude::*;
use leptos::web_sys;
use rules::entry::AttachmentKind;

use super::super::draft::Draft;
use super::Problem;

/// The file under way.
#[derive(Clone, Debug)]
pub struct Sending {
    pub name: String,
    /// Bytes sent, of `size`.
    pub sent: u64,
    pub size: u64,
    pub stop: Callback<()>,
}

/// Sends the files; `refused` gets a line for each that was not taken.
pub fn send_files(
    draft: Draft,
    kind: AttachmentKind,
    files: Vec<web_sys::File>,
    sending: RwSignal<Option<Sending>>,
    refused: RwSignal<Vec<Problem>>,
) {
    #[cfg(feature = "hydrate")]
    browser::send_next(draft, kind, files, sending, refused);
    #[cfg(not(feature = "hydrate"))]
    let _ = (draft, kind, files, sending, refused);
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::RefCell;
    use std::rc::Rc;

    use contract::Error;
    use leptos::ev::ProgressEvent;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use leptos::web_sys;
    use rules::entry::AttachmentKind;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;

    use super::super::reload;
    use super::{Draft, Problem, Sending};
    use crate::judging::fresh_key;

    /// `fetch` cannot say how much was sent; the older request can.
    pub fn send_next(
        draft: Draft,
        kind: AttachmentKind,
        mut files: Vec<web_sys::File>,
        sending: RwSignal<Option<Sending>>,
        refused: RwSignal<Vec<Problem>>,
    ) {
        if files.is_empty() {
            return;
        }
        let file = files.remove(0);
        let name = file.name();
        let Ok(request) = web_sys::XmlHttpRequest::new() else {
            return;
        };
        let stop = {
            let request = StoredValue::new_local(request.clone());
            Callback::new(move |()| {
                request.try_with_value(|request| request.abort());
            })
        };
        sending.set(Some(Sending {
            name: name.clone(),
            sent: 0,
            size: file.size() as u64,
            stop,
        }));

        let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            let sent = event.loaded() as u64;
            sending.try_update(|sending| {
                if let Some(sending) = sending {
                    sending.sent = sent.min(sending.size);
                }
            });
        });
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        // Kept alive until the request has ended, whichever way.
        let alive = Rc::new(RefCell::new(Some(progress)));
        let ended = {
            let request = request.clone();
            Closure::once_into_js(move || {
                alive.borrow_mut().take();
                let outcome = outcome(&request);
                if sending.is_disposed() {
                    return; // the page is gone
                }
                sending.set(None);
                let broken = matches!(outcome, Outcome::Broken);
                let problem = match outcome {
                    Outcome::Taken | Outcome::Stopped => None,
                    Outcome::Refused(error) => Some(Problem::Refused(Some(name), error)),
                    Outcome::Broken => Some(Problem::BrokeOff(name)),
                };
                refused.update(|refused| refused.extend(problem));
                spawn_local(async move {
                    reload(draft).await;
                    if !sending.is_disposed() && !broken {
                        send_next(draft, kind, files, sending, refused);
                    }
                });
            })
        };
        request.set_onloadend(Some(ended.unchecked_ref()));
        if start(&request, draft, kind, &file).is_err() {
            sending.set(None);
        }
    }

    fn start(
        request: &web_sys::XmlHttpRequest,
        draft: Draft,
        kind: AttachmentKind,
        file: &web_sys::File,
    ) -> Result<(), wasm_bindgen::JsValue> {
        request.open("POST", &format!("/upload/entry/{}", draft.entry()))?;
        request.set_request_header("Accept", "application/json")?;
        let form = web_sys::FormData::new()?;
        form.append_with_str("kind", kind.slug())?;
        form.append_with_str("key", &fresh_key().to_string())?;
        form.append_with_blob_and_filename("file", file, &file.name())?;
        request.send_with_opt_form_data(Some(&form))
    }

    /// How a request ended.
    enum Outcome {
        Taken,
        Refused(Error),
        /// The person stopped it.
        Stopped,
        /// The connection was lost.
        Broken,
    }

    fn outcome(request: &web_sys::XmlHttpRequest) -> Outcome {
        let status = request.status().unwrap_or_default();
        match status {
            200..=299 => Outcome::Taken,
            0 if request.ready_state() == 0 => Outcome::Stopped,
            0 => Outcome::Broken,
            _ => {
                let text = request.response_text().ok().flatten().unwrap_or_default();
                serde_json::from_str(&text).map_or(Outcome::Broken, Outcome::Refused)
            }
        }
    }
}
