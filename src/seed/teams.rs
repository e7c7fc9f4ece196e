//! A county's volunteer teams.

use std::collections::HashSet;

use super::county::Loading;
use super::files::TeamEntry;
use super::shared::once;
use super::source::Read;
use crate::actor::{OrganisationKind, TeamKind};
use crate::error::Result;
use crate::organisations::{self, NewTeam};

impl Loading<'_> {
    pub(super) fn teams(&mut self) -> Result<()> {
        let Some(Read { source, value }) = &self.folder.teams else { return Ok(()) };
        let (mut keys, mut names) = (HashSet::new(), HashSet::new());
        for TeamEntry { key, name, host, kind, fields, reach, languages, intro } in &value.team {
            once(source, &mut keys, "key", key)?;
            once(source, &mut names, "name", name)?;
            if *kind.get_ref() == TeamKind::Staff {
                return Err(source.bad_at(kind.span(), "a staff group belongs to a department: name it in organisations.toml"));
            }
            if let Some(language) = languages.iter().find(|language| language.get_ref().is_empty() || language.get_ref().contains(char::is_whitespace)) {
                return Err(source.bad_at(language.span(), "a language is one word, such as zh"));
            }
            let host = self.keyed(source, host)?;
            let fields = self.menu(source, fields)?;
            let reach = reach.iter().map(|code| self.place(source, code)).collect::<Result<Vec<_>>>()?;
            // A team sits where its host sits.
            let division = organisations::get(self.db, host)?.map_or_else(|| self.folder.code().to_owned(), |host| host.division_code);
            let id = self.organisation("teams", OrganisationKind::Team, name.get_ref(), name.get_ref(), &division, false, Vec::new(), fields)?;
            let languages = languages.iter().map(|language| language.get_ref().clone()).collect();
            let team = NewTeam { id, host, kind: *kind.get_ref(), intro: intro.clone(), languages, reach };
            let put = organisations::put_team(self.db, self.act, self.folder.code(), &team)?;
            self.loaded.note("team facts", put);
        }
        Ok(())
    }
}
