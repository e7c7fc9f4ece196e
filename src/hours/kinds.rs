//! The words of service records. Pure.

use crate::text_enum;

text_enum! {
    /// As what somebody took part: only a volunteer's hours are volunteer hours (民政部令67号, Art 19).
    pub enum Participation {
        Volunteer = "volunteer",
        /// 在岗: for their employer.
        OnDuty = "on_duty",
        /// 有酬: for money.
        Paid = "paid",
        /// 学习: they came to learn.
        Learner = "learner",
    }
}

text_enum! {
    /// How a record came to be.
    pub enum RecordClass {
        /// From a roster that the team filed.
        Roster = "roster",
        /// 补录: entered later, shown apart in every total.
        BackEntry = "back_entry",
    }
}

text_enum! {
    /// What a row of the records is.
    pub enum RecordKind {
        Credit = "credit",
        /// Takes a credit back, minute by minute.
        Reversal = "reversal",
    }
}

text_enum! {
    /// What a record was made from.
    pub enum SourceKind { RosterLine = "roster_line" }
}
