//! Resources as an application sees and changes them on their way to a client.

use std::ops::Range;

use serde_json::{Map, Value};

use super::{Record, Resources};

/// A resource object (JSON:API 1.1, "Resource Objects") as far as it can be changed: its attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourceObject {
    id: String,
    /// The attributes that the client gets to see.
    pub attributes: Map<String, Value>,
}

impl ResourceObject {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Resources {
    /// Some of the resources, to be changed.
    pub(crate) fn outgoing(&self, range: Range<usize>) -> Vec<ResourceObject> {
        let records = range.filter_map(|index| self.records.get(index));
        records.map(|record| self.object(record)).collect()
    }

    fn object(&self, record: &Record) -> ResourceObject {
        let attributes = serde_json::from_slice(self.records.attributes(record)).unwrap_or_default();
        ResourceObject { id: record.id.clone(), attributes }
    }

    /// Takes the resources back; those that are missing stand no longer there.
    pub(crate) fn take_back(&mut self, range: Range<usize>, resources: &[ResourceObject]) {
        let mut seen = vec![true; self.records.len()];
        for index in range {
            let id = self.records.get(index).map(|record| record.id.clone());
            let Some(resource) = resources.iter().find(|resource| Some(&resource.id) == id.as_ref()) else {
                seen[index] = false;
                continue;
            };
            let json = Value::Object(resource.attributes.clone()).to_string();
            self.records.set_attributes(index, json.as_bytes());
        }
        self.retain(&seen);
    }

    /// Takes all attributes from a resource.
    pub(crate) fn clear(&mut self, index: usize) {
        self.records.set_attributes(index, b"{}");
    }

    /// Keeps those resources that are seen.
    pub(crate) fn retain(&mut self, seen: &[bool]) {
        if seen.iter().all(|seen| *seen) {
            return;
        }
        self.records.retain(seen);
        for (_, lists) in &mut self.to_many {
            let mut index = 0;
            lists.retain(|_| {
                index += 1;
                seen[index - 1]
            });
        }
    }
}
