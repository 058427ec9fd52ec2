//! Ids as clients spell them, and as the rows do: which of them are the same is for the database to say.

use std::collections::HashMap;

use diesel::QueryResult;
use diesel::row::{Field as _, Row};

use super::records::Columns;
use super::{EndpointRef, Record, compound, refusal};
use crate::backend::{Session, Visitor};
use crate::dialect::{Dialect, Fragment, Kind};
use crate::error::{Error, Errors};
use crate::statement::{Predicate, Spellings};
use crate::value::{Codec, Input};

/// How many spellings one statement compares with the rows that they may mean.
const MOST: usize = 100;

impl EndpointRef {
    /// The keys of the rows that ids stand for and that exist for the client, in the order of the ids. Ids that are spelt as
    /// the rows spell them, or a single one, cost one statement.
    pub(super) async fn find_each<S: Session>(&self, session: &S, ids: &[&str]) -> Result<Vec<Option<Record>>, Errors> {
        let select = self.keys_where(self.by_keys(ids)?);
        let records = compound::read(session, self.endpoint(), &select, None).await?;
        if ids.len() == 1 {
            self.check_rows(1, records.len())?;
            return Ok(vec![records.get(0).cloned()]);
        }
        let rows: HashMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
        self.check_rows(rows.len(), records.len())?;
        let mut found: Vec<Option<&Record>> = ids.iter().map(|id| rows.get(id).copied()).collect();
        let others: Vec<usize> = (0..ids.len()).filter(|place| found[*place].is_none()).collect();
        let may_differ = !rows.is_empty() && self.endpoint().resource.key.sql.kind() != Kind::Integer;
        for places in others.chunks(MOST).filter(|_| may_differ) {
            let spellings: Vec<&str> = places.iter().map(|place| ids[*place]).collect();
            for (place, meant) in places.iter().zip(self.meant(session, &spellings).await?) {
                let mut meant = meant.iter().filter_map(|id| rows.get(id.as_str()).copied());
                found[*place] = meant.next();
                self.check_rows(1, 1 + meant.count())?;
            }
        }
        Ok(found.into_iter().map(Option::<&Record>::cloned).collect())
    }

    /// The ids of the rows that each of the spellings means, whether they exist for the client or not.
    async fn meant<S: Session>(&self, session: &S, spellings: &[&str]) -> Result<Vec<Vec<String>>, Errors> {
        let resource = self.endpoint().resource;
        let codec = &resource.codecs().key.codec;
        let inputs: Vec<Input<'_>> = spellings.iter().map(|spelling| Input::Text(spelling)).collect();
        let values = (codec.bind_each)(&inputs).map_err(Error::internal)?;
        let each: Result<Vec<Fragment<S::Dialect>>, _> = inputs.into_iter().map(codec.bind).collect();
        let statement = Spellings::new(resource, each.map_err(Error::internal)?, values);
        let mut reader = SpellingReader { codec, meant: vec![Vec::new(); spellings.len()] };
        session.load(&statement, &mut reader).await.map_err(refusal::of_read)?;
        Ok(reader.meant)
    }

    /// Whether both ids are those of one row that exists for the client.
    pub(super) async fn is_same<S: Session>(&self, session: &S, [one, other]: [&str; 2]) -> Result<bool, Errors> {
        let select = self.keys_where(Predicate::All(vec![self.by_key(one)?, self.by_key(other)?]));
        Ok(!compound::read(session, self.endpoint(), &select, None).await?.is_empty())
    }
}

/// Reads which rows are meant by which spellings.
struct SpellingReader<'a, DB: Dialect> {
    codec: &'a Codec<DB>,
    meant: Vec<Vec<String>>,
}

impl<DB: Dialect> Visitor<DB> for SpellingReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let mut columns = Columns::default();
        let id = columns.key(row, "id", self.codec)?.unwrap_or_default();
        for ids in &mut self.meant {
            if !columns.next(row)?.is_null() {
                ids.push(id.clone());
            }
        }
        Ok(())
    }
}
