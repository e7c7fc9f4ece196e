//! People for every role and orders in every state.
