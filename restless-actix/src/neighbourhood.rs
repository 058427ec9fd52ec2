//! The scopes of one application, which know each other once all of them are registered.

use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::dev::{AppService, ResourceDef, ResourceMap};
use restless_core::{Error, Pipeline};

thread_local! {
    /// By the default service of an `App`, which its scopes have in common. actix-web registers the scopes of an `App` on one
    /// thread, and says nowhere else which belong together.
    static APPLICATIONS: RefCell<Vec<Application>> = const { RefCell::new(Vec::new()) };
}

/// The default service of an application, and what is mounted there.
type Application = (Weak<dyn Any>, Weak<Neighbourhood>);

/// Everything that is mounted in one application.
#[derive(Default)]
struct Neighbourhood {
    houses: RefCell<Vec<House>>,
}

/// A service and its place in the application's tree of scopes.
#[derive(Clone)]
struct House {
    service: Arc<Pipeline>,
    map: Rc<ResourceMap>,
    /// The service among all others, once it is asked for.
    settled: Rc<OnceCell<Arc<Pipeline>>>,
}

/// A service that is mounted in an application.
#[derive(Clone)]
pub(crate) struct Resident {
    neighbourhood: Rc<Neighbourhood>,
    index: usize,
}

impl Resident {
    /// Adds a service to the application that is being put together.
    pub(crate) fn register(service: Arc<Pipeline>, config: &AppService) -> (Self, Rc<ResourceMap>) {
        let map = Rc::new(map(service.pattern()));
        let neighbourhood = neighbourhood(config);
        let index = neighbourhood.houses.borrow().len();
        neighbourhood.houses.borrow_mut().push(House { service, map: Rc::clone(&map), settled: Rc::default() });
        (Self { neighbourhood, index }, map)
    }

    /// The service among all others, which have to be registered by now.
    pub(crate) fn resolve(&self) -> Result<Arc<Pipeline>, Error> {
        self.neighbourhood.resolve(self.index)
    }
}

impl Neighbourhood {
    fn resolve(&self, index: usize) -> Result<Arc<Pipeline>, Error> {
        let houses = self.houses.borrow();
        let house = houses.get(index).ok_or_else(|| Error::internal("a scope was not registered"))?;
        if let Some(service) = house.settled.get() {
            return Ok(Arc::clone(service));
        }
        let places: Vec<(String, &House)> = houses.iter().map(|house| (house.place(), house)).collect();
        let others = places.iter().enumerate().filter(|(other, _)| *other != index);
        let others: Vec<(&str, &Pipeline)> =
            others.map(|(_, (place, house))| (place.as_str(), house.service.as_ref())).collect();
        let service = Arc::new(house.service.among(&house.place(), &others)?);
        Ok(Arc::clone(house.settled.get_or_init(|| service)))
    }

    /// The services of which a request could have asked for something else, each with the path of the scopes around it.
    fn known_to(&self, request: &HttpRequest) -> Vec<(String, Arc<Pipeline>)> {
        let places: Vec<(usize, String, String)> = {
            let houses = self.houses.borrow();
            let place = |(index, house): (usize, &House)| (index, house.place(), house.service.pattern().to_owned());
            houses.iter().enumerate().map(place).collect()
        };
        let known = places.into_iter().filter(|(_, place, pattern)| {
            let path = format!("{place}{pattern}");
            request.resource_map().match_pattern(&path) == Some(path)
        });
        known.filter_map(|(index, place, _)| Some((place, self.resolve(index).ok()?))).collect()
    }
}

/// The services of the application that a request is for, each with the path of the scopes around it.
pub(crate) fn services(request: &HttpRequest) -> Vec<(String, Arc<Pipeline>)> {
    let neighbourhoods: Vec<Rc<Neighbourhood>> = APPLICATIONS.with_borrow(|applications| {
        // The application that was put together last, where a thread has several that are mounted alike.
        applications.iter().rev().filter_map(|(_, neighbourhood)| neighbourhood.upgrade()).collect()
    });
    let mut found = neighbourhoods.iter().map(|neighbourhood| neighbourhood.known_to(request));
    found.find(|services| !services.is_empty()).unwrap_or_default()
}

impl House {
    /// The path of the scopes around it, as it was written down.
    fn place(&self) -> String {
        let pattern = self.service.pattern();
        let whole = self.map.match_pattern(pattern).unwrap_or_default();
        whole.strip_suffix(pattern).unwrap_or(&whole).to_owned()
    }
}

/// The branch of a service in the tree, which has its collection as its only leaf: by that it is found from the root.
pub(crate) fn map(pattern: &str) -> ResourceMap {
    let mut map = ResourceMap::new(ResourceDef::root_prefix(pattern));
    map.add(&mut ResourceDef::new(""), None);
    map
}

/// The neighbourhood of the application that is being put together.
fn neighbourhood(config: &AppService) -> Rc<Neighbourhood> {
    let default: Rc<dyn Any> = config.default_service();
    let application = Rc::downgrade(&default);
    APPLICATIONS.with_borrow_mut(|applications| {
        applications.retain(|(_, neighbourhood)| neighbourhood.strong_count() > 0);
        let known = applications.iter().find(|(known, _)| known.ptr_eq(&application));
        if let Some(neighbourhood) = known.and_then(|(_, neighbourhood)| neighbourhood.upgrade()) {
            return neighbourhood;
        }
        let neighbourhood = Rc::new(Neighbourhood::default());
        applications.push((application, Rc::downgrade(&neighbourhood)));
        neighbourhood
    })
}
