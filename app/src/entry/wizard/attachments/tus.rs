//! The browser's end of tus 1.0: one request each. `fetch` cannot say how much was sent; the older request can.

use contract::Error;
use js_sys::Promise;
use leptos::ev::ProgressEvent;
use leptos::prelude::*;
use leptos::web_sys::{Blob, XmlHttpRequest};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

use super::browser::sending;
use super::queue::Item;
use crate::entry::wizard::draft::Draft;

/// Why a request brought nothing.
pub enum Failure {
    /// The connection was lost, somebody stopped it, or the server is not well: it may be tried again.
    Broken,
    /// The server does not know the upload any more.
    Gone,
    /// The server said no.
    Refused(Error),
}

/// Begins an upload and gives its address.
pub async fn create(draft: Draft, item: &Item) -> Result<String, Failure> {
    let pairs = [
        ("entry", draft.entry().to_string()),
        ("kind", item.kind.slug().to_owned()),
        ("filename", item.name.clone()),
        ("key", item.key.get_untracked().to_string()),
    ];
    let metadata: Vec<String> = pairs
        .iter()
        .map(|(name, text)| format!("{name} {}", base64(text)))
        .collect();
    let headers = [
        ("Upload-Length", item.size.to_string()),
        ("Upload-Metadata", metadata.join(",")),
    ];
    let request = send(item.number, "POST", "/uploads", &headers, None, |_| {}).await?;
    request
        .get_response_header("Location")
        .ok()
        .flatten()
        .ok_or(Failure::Broken)
}

/// How many bytes the server has.
pub async fn offset(item: &Item, address: &str) -> Result<u64, Failure> {
    let request = send(item.number, "HEAD", address, &[], None, |_| {}).await?;
    offset_of(&request)
}

/// Sends a piece and gives how many bytes the server has then. `progress` is told how many of the piece are sent.
pub async fn append(
    item: &Item,
    address: &str,
    offset: u64,
    piece: &Blob,
    progress: impl Fn(u64) + 'static,
) -> Result<u64, Failure> {
    let headers = [
        ("Upload-Offset", offset.to_string()),
        ("Content-Type", "application/offset+octet-stream".to_owned()),
    ];
    let request = send(item.number, "PATCH", address, &headers, Some(piece), progress).await?;
    offset_of(&request)
}

/// Ends an upload before its time.
pub async fn terminate(address: &str) {
    // Where it fails the server forgets the upload by itself after some days.
    let _ = send(0, "DELETE", address, &[], None, |_| {}).await;
}

async fn send(
    number: u32,
    method: &str,
    address: &str,
    headers: &[(&str, String)],
    body: Option<&Blob>,
    progress: impl Fn(u64) + 'static,
) -> Result<XmlHttpRequest, Failure> {
    let request = XmlHttpRequest::new().map_err(broken)?;
    request.open(method, address).map_err(broken)?;
    request
        .set_request_header("Tus-Resumable", "1.0.0")
        .map_err(broken)?;
    for (name, value) in headers {
        request.set_request_header(name, value).map_err(broken)?;
    }
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        progress(event.loaded() as u64);
    });
    if let Ok(upload) = request.upload()
        && body.is_some()
    {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(body).map_err(broken)?;
    sending(number, Some(request.clone()));
    let waited = JsFuture::from(ended).await;
    sending(number, None);
    waited.map_err(broken)?;
    match request.status().unwrap_or_default() {
        200..=299 => Ok(request),
        // 409: the offset is another; 423: a connection that hangs still holds it
        0 | 409 | 423 | 429 | 500.. => Err(Failure::Broken),
        404 | 410 if method != "POST" => Err(Failure::Gone),
        _ => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            Err(serde_json::from_str(&text).map_or(Failure::Broken, Failure::Refused))
        }
    }
}

fn offset_of(request: &XmlHttpRequest) -> Result<u64, Failure> {
    let said = request.get_response_header("Upload-Offset").ok().flatten();
    said.and_then(|text| text.parse().ok()).ok_or(Failure::Broken)
}

fn broken(_: JsValue) -> Failure {
    Failure::Broken
}

/// Base64 of the text's UTF-8 bytes; the browser's own function takes one character a byte.
fn base64(text: &str) -> String {
    let bytes: String = text.bytes().map(char::from).collect();
    window().btoa(&bytes).unwrap_or_default()
}
