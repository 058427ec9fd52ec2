//! What contradicts itself is refused when the application starts.

use std::collections::HashSet;

use super::Mounted;
use crate::endpoint::Mount;
use crate::error::Error;
use crate::resource_type::Settings;

/// Checks the settings of what is mounted together.
pub(crate) fn check(mounted: &[Mounted]) -> Result<(), Error> {
    let mut names = HashSet::new();
    for Mounted { mount, .. } in mounted {
        check_mount(mount).map_err(|reason| Error::internal(format!("\"{}\": {reason}", mount.collection_name)))?;
        if !names.insert(&mount.collection_name) {
            let detail = format!("two resources are called \"{}\" under {:?}", mount.collection_name, mount.prefix);
            return Err(Error::internal(detail));
        }
    }
    Ok(())
}

fn check_mount(mount: &Mount) -> Result<(), String> {
    if let Some(mistake) = mount.mistakes.first() {
        return Err(mistake.clone());
    }
    check_formats(mount)?;
    let Settings { page_size, max_page_size, .. } = &mount.settings;
    if *max_page_size > 0 && page_size > max_page_size {
        return Err(format!("page_size ({page_size}) is above max_page_size ({max_page_size})"));
    }
    if let Some(size) = mount.related_page_size.filter(|size| *max_page_size > 0 && size > max_page_size) {
        return Err(format!("related_page_size ({size}) is above max_page_size ({max_page_size})"));
    }
    if !matches!(mount.validation_status, 400 | 422) {
        return Err(format!("validation_status is 400 or 422, not {}", mount.validation_status));
    }
    let deepest = mount.include.iter().map(|path| (path.split('.').count(), path)).max();
    if let Some((depth, path)) = deepest.filter(|(depth, _)| *depth > mount.max_include_depth as usize) {
        return Err(format!(
            "include has {path:?}, {depth} relationships deep; max_include_depth is {}",
            mount.max_include_depth
        ));
    }
    check_path(mount)
}

fn check_formats(mount: &Mount) -> Result<(), String> {
    if mount.formats.is_empty() {
        return Err("formats: expected at least one of \"json_api\" and \"classic\"".to_owned());
    }
    match mount.default_format {
        Some(format) if !mount.formats.contains(&format) => {
            Err(format!("default_format is \"{}\", which formats switches off", format.name()))
        }
        _ => Ok(()),
    }
}

fn check_path(mount: &Mount) -> Result<(), String> {
    let Settings { prefix, collection_name, .. } = &mount.settings;
    if !prefix.is_empty() && (!prefix.starts_with('/') || prefix.ends_with('/')) {
        return Err(format!("the prefix {prefix:?} has to begin with a slash and must not end with one"));
    }
    if collection_name.is_empty() || collection_name.contains('/') {
        return Err(format!("{collection_name:?} cannot be a segment of a URL"));
    }
    Ok(())
}
