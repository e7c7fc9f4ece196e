//! Centres, departments, teams, units; venues until they get a home of their own.
