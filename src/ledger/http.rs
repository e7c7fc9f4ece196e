//! The ledger's head, for everyone to keep.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Head, head};
use crate::app::App;
use crate::clock::Moment;
use crate::error::Result;
use crate::wire::{Open, Problem};

/// The routes of the ledger.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(see_ledger_head);
}

/// A key that batches are signed by.
#[derive(Debug, Serialize, ToSchema)]
struct LedgerKey {
    id: String,
    #[schema(example = "ed25519")]
    algorithm: String,
    /// URL-safe base64.
    public_key: String,
}

/// The end of the ledger. Kept elsewhere, it shows later whether anything before it was cut off or written anew
/// (`kepu verify-ledger --anchor FILE`).
#[derive(Debug, Serialize, ToSchema)]
struct LedgerHead {
    /// The number of the last batch; 0 before the first one.
    number: i64,
    /// The hash over its rows and the batch before.
    hash: String,
    sealed_at: Option<Moment>,
    /// Of the hash, by the key.
    signature: Option<String>,
    key: Option<LedgerKey>,
}

impl From<Head> for LedgerHead {
    fn from(Head { number, hash, sealed }: Head) -> Self {
        match sealed {
            None => Self { number, hash, sealed_at: None, signature: None, key: None },
            Some((at, signature, key)) => {
                let key = LedgerKey { id: key.id, algorithm: key.algorithm, public_key: key.public_key };
                Self { number, hash, sealed_at: Some(at), signature: Some(signature), key: Some(key) }
            }
        }
    }
}

/// The head of the ledger of service records: nothing personal is in it.
#[utoipa::path(tag = "hours", responses(
    (status = 200, description = "The head", body = LedgerHead),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/ledger/head")]
async fn see_ledger_head(app: web::Data<App>) -> Result<Open<LedgerHead>> {
    app.pool.read(head).await.map(|head| Open(head.into()))
}
