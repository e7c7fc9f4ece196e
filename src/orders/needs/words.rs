//! Moves that need one text, or nothing.

use serde::Deserialize;
use utoipa::ToSchema;

pub use crate::wire::Nothing;
use crate::wire::{Body, Faults};

/// Declares a body of one text that must not be empty.
macro_rules! one_text {
    ($($(#[$meta:meta])* $name:ident { $field:ident, $most:tt, $example:tt }),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[schema(min_length = 1, max_length = $most, example = $example)]
            pub $field: String,
        }

        impl Body for $name {
            fn check(&self, faults: &mut Faults) {
                faults.text(concat!("/", stringify!($field)), &self.$field, $most);
            }
        }
    )+};
}

one_text! {
    /// Why.
    Reason { reason, 500, "对方单位更合适" },
    /// What the requester is asked.
    Question { question, 500, "活动室有投影吗？" },
    /// What the requester answers.
    Reply { answer, 500, "有，村里可以借" },
    /// What was decided, in words.
    Decision { words, 500, "已电话核实，双方同意补办一场" },
    /// What changed since.
    Reopen { reason, 500, "现在有老师了" },
}
