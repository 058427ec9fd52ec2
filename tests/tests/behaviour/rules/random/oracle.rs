//! What may change: the rules once more, in plain Rust, for one row at a time.

use restless_actix::prelude::Method;

use super::rows::{Difference, Row, Rows};
use super::rules::Rules;

/// A foreign key of the desk.
struct Reference {
    table: &'static str,
    column: &'static str,
    relationship: &'static str,
}

const REFERENCES: [Reference; 3] = [
    Reference { table: "ticket", column: "reporter_id", relationship: "reporter" },
    Reference { table: "ticket", column: "assignee_id", relationship: "assignee" },
    Reference { table: "badge", column: "agent_id", relationship: "agent" },
];

/// The rows before and after a request, and the rules that it was sent under.
pub struct Oracle<'a> {
    pub rules: &'a Rules,
    pub before: &'a Rows,
    pub after: &'a Rows,
}

/// Says why something must not have happened.
type Verdict = Result<(), &'static str>;

fn refuse_if(is_so: bool, reason: &'static str) -> Verdict {
    if is_so { Err(reason) } else { Ok(()) }
}

fn text<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Option::as_deref)
}

impl Oracle<'_> {
    /// Whether a difference is one that the rules allow.
    pub fn allows(&self, difference: &Difference) -> Verdict {
        match difference {
            Difference::Inserted("team_agent", row) => self.joins(row),
            Difference::Deleted("team_agent", row) if self.ends_of(row).contains(&None) => Ok(()),
            Difference::Deleted("team_agent", row) => self.joins(row),
            Difference::Inserted(table, row) => self.inserts(table, row),
            Difference::Deleted(table, row) => self.deletes(table, row),
            Difference::Updated { table, before, after } => self.updates(table, before, after),
        }
    }

    fn is_seen(&self, table: &str, row: &Row) -> bool {
        !self.rules.of(table).is_confined || text(row, "tenant") == Some("1")
    }

    /// The two rows that a row of the join table connects, as they are afterwards.
    fn ends_of(&self, row: &Row) -> [Option<&Row>; 2] {
        let end = |table, column| self.after.get(table, text(row, column).unwrap_or_default());
        [end("team", "team_id"), end("agent", "agent_id")]
    }

    /// Either end may be the one whose members change; both have to be seen, and neither may lock them.
    fn joins(&self, row: &Row) -> Verdict {
        let [team, agent] = self.ends_of(row);
        let (team, agent) = (team.ok_or("no such team")?, agent.ok_or("no such agent")?);
        let (teams, agents) = (self.rules.of("team"), self.rules.of("agent"));
        refuse_if(!self.is_seen("team", team) || !self.is_seen("agent", agent), "an end is hidden")?;
        refuse_if(teams.locks("members") || agents.locks("teams"), "an end is locked")?;
        let is_new = |table, row: &Row| self.before.get(table, text(row, "id").unwrap_or_default()).is_none();
        let may =
            teams.may(Method::PATCH) || agents.may(Method::PATCH) || is_new("team", team) || is_new("agent", agent);
        refuse_if(!may, "neither end may be updated")
    }

    fn inserts(&self, table: &'static str, row: &Row) -> Verdict {
        let rules = self.rules.of(table);
        refuse_if(!rules.may(Method::POST), "no POST")?;
        refuse_if(!self.is_seen(table, row), "the new row is hidden")?;
        refuse_if(rules.refuses_new(text(row, "name")), "hooks refuse the new row")?;
        refuse_if(rules.locks("name") && text(row, "name") != Some("none"), "name is locked")?;
        refuse_if(rules.locks("tenant") && text(row, "tenant") != Some("1"), "tenant is locked")?;
        for reference in REFERENCES.iter().filter(|reference| reference.table == table) {
            let Some(agent) = text(row, reference.column) else {
                continue;
            };
            refuse_if(rules.locks(reference.relationship), "the relationship is locked")?;
            self.refers(reference, agent)?;
        }
        Ok(())
    }

    /// Whether a row may refer to an agent.
    fn refers(&self, reference: &Reference, agent: &str) -> Verdict {
        let is_checked = reference.column != "reporter_id";
        let is_refused = is_checked && agent == "2" && self.rules.of(reference.table).refuses_agent_2;
        refuse_if(is_refused, "the agent is not valid")?;
        let agent = self.after.get("agent", agent).ok_or("no such agent")?;
        refuse_if(!self.is_seen("agent", agent), "the agent is hidden")
    }

    fn deletes(&self, table: &'static str, row: &Row) -> Verdict {
        if table == "ticket" && self.is_gone(text(row, "reporter_id")) {
            return Ok(());
        }
        let rules = self.rules.of(table);
        refuse_if(!rules.may(Method::DELETE), "no DELETE")?;
        refuse_if(!self.is_seen(table, row), "the row is hidden")?;
        refuse_if(rules.refuses_row(text(row, "id").unwrap_or_default()), "hooks refuse the deletion")
    }

    /// Whether the request has deleted the agent.
    fn is_gone(&self, agent: Option<&str>) -> bool {
        agent.is_some_and(|agent| self.before.get("agent", agent).is_some() && self.after.get("agent", agent).is_none())
    }

    fn updates(&self, table: &'static str, before: &Row, after: &Row) -> Verdict {
        let rules = self.rules.of(table);
        let mut changed: Vec<&str> = before.keys().copied().filter(|column| before[column] != after[column]).collect();
        // The database takes references to agents away that are gone.
        changed.retain(|column| !(text(after, column).is_none() && self.is_gone(text(before, column))));
        if changed.is_empty() {
            return Ok(());
        }
        refuse_if(!rules.may(Method::PATCH), "no PATCH")?;
        refuse_if(!self.is_seen(table, before), "the row is hidden")?;
        refuse_if(!self.is_seen(table, after), "the row is hidden afterwards")?;
        refuse_if(rules.refuses_row(text(after, "id").unwrap_or_default()), "hooks refuse the update")?;
        changed.into_iter().try_for_each(|column| self.sets(table, column, after))
    }

    fn sets(&self, table: &'static str, column: &str, after: &Row) -> Verdict {
        let found = REFERENCES.iter().find(|reference| reference.table == table && reference.column == column);
        let Some(reference) = found else {
            return refuse_if(self.rules.of(table).locks(column), "the attribute is locked");
        };
        refuse_if(self.rules.of(table).locks(reference.relationship), "the relationship is locked")?;
        text(after, column).map_or(Ok(()), |agent| self.refers(reference, agent))
    }
}
