//! The door: Python objects in, plain values out, or an error that names the field and the index.
//!
//! Integers are Python's or `NumPy`'s, never bools and never floats. Nothing here panics, and nothing is converted silently.

use numpy::{Element, PyArray1, PyArrayDescrMethods, PyArrayMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBool, PyBytes, PyDict, PyMemoryView, PyString};
use yuma_core::{Error, ErrorCode, Rules};

/// Where a value stands: its field, and its position where the field is a list.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub field: &'a str,
    pub index: Option<usize>,
}

impl<'a> From<&'a str> for Place<'a> {
    fn from(field: &'a str) -> Self {
        Self { field, index: None }
    }
}

/// An error of the package's own classes. `limit` is whatever the message says about it.
pub fn refuse(py: Python<'_>, code: &str, place: Place<'_>, limit: Option<Bound<'_, PyAny>>, message: &str) -> PyErr {
    let make = || {
        let errors = py.import(intern!(py, "libyuma.errors"))?;
        errors.getattr(intern!(py, "refusal"))?.call1((code, place.field, place.index, limit, message))
    };
    make().map_or_else(|error| error, PyErr::from_value)
}

/// What core's door refuses.
pub fn refused(py: Python<'_>, error: Error) -> PyErr {
    let make = || {
        let errors = py.import(intern!(py, "libyuma.errors"))?;
        let parts = (error.code.name(), error.field, error.index, error.limit, error.to_string());
        errors.getattr(intern!(py, "refusal"))?.call1(parts)
    };
    make().map_or_else(|error| error, PyErr::from_value)
}

fn wrong_type(value: &Bound<'_, PyAny>, place: Place<'_>, wanted: &str) -> PyErr {
    let found = value.get_type().name().map_or_else(|_| "something else".into(), |name| name.to_string());
    let at = place.index.map_or_else(String::new, |index| format!("[{index}]"));
    refuse(value.py(), "type", place, None, &format!("{}{at} must be {wanted}, not {found}", place.field))
}

/// An integer type of core's.
pub trait Integer: Copy + Send {
    const NAME: &'static str;
    const SIGNED: bool;
    fn read(value: &Bound<'_, PyAny>) -> PyResult<Self>;
    /// The lowest or the highest value, for errors.
    fn bound(py: Python<'_>, highest: bool) -> Option<Bound<'_, PyAny>>;
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        impl Integer for $type {
            const NAME: &'static str = stringify!($type);
            const SIGNED: bool = $type::MIN != 0;
            fn read(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                value.extract()
            }
            fn bound(py: Python<'_>, highest: bool) -> Option<Bound<'_, PyAny>> {
                let bound = if highest { $type::MAX } else { $type::MIN };
                bound.into_pyobject(py).ok().map(Bound::into_any)
            }
        }
    )*};
}
integers!(u8 u16 u32 u64 u128 i16 i64 i128 usize);

/// An integer of the type asked for.
pub fn integer<'a, T: Integer>(value: &Bound<'_, PyAny>, place: impl Into<Place<'a>>) -> PyResult<T> {
    let (py, place) = (value.py(), place.into());
    if value.is_instance_of::<PyBool>() {
        return Err(wrong_type(value, place, "an integer"));
    }
    T::read(value).map_err(|error| {
        if error.is_instance_of::<PyTypeError>(py) {
            return wrong_type(value, place, "an integer");
        }
        if !error.is_instance_of::<PyOverflowError>(py) {
            return error;
        }
        let below = value.lt(0).unwrap_or(false);
        let limit = T::bound(py, !below);
        let at = place.index.map_or_else(String::new, |index| format!("[{index}]"));
        let field = place.field;
        if below && !T::SIGNED {
            refuse(py, "negative", place, limit, &format!("{field}{at} is negative"))
        } else {
            refuse(py, "range", place, limit, &format!("{field}{at} does not fit {}", T::NAME))
        }
    })
}

/// `None`, or an integer.
pub fn optional<'a, T: Integer>(value: &Bound<'_, PyAny>, place: impl Into<Place<'a>>) -> PyResult<Option<T>> {
    if value.is_none() { Ok(None) } else { integer(value, place).map(Some) }
}

/// A bool: Python's or `NumPy`'s, nothing that is merely true or false.
pub fn flag<'a>(value: &Bound<'_, PyAny>, place: impl Into<Place<'a>>) -> PyResult<bool> {
    value.extract().map_err(|_| wrong_type(value, place.into(), "a bool"))
}

/// A string out of a short list.
pub fn choice<T: Copy>(value: &Bound<'_, PyAny>, field: &str, choices: &[(&str, T)]) -> PyResult<T> {
    let text: String = value.extract().map_err(|_| wrong_type(value, field.into(), "a string"))?;
    choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = format!("{field} must be one of {}, not {text:?}", names.join(", "));
        refuse(value.py(), "range", field.into(), None, &message)
    })
}

/// A set of rules by its id.
pub fn rules(value: &Bound<'_, PyAny>) -> PyResult<Rules> {
    let id: String = value.extract().map_err(|_| wrong_type(value, "rules".into(), "a string"))?;
    Rules::from_id(&id).ok_or_else(|| {
        let newest = Rules::NEWEST;
        let limit = newest.spec_version().into_pyobject(value.py()).ok().map(Bound::into_any);
        let message = format!("no rules {id:?} are known, the newest known are {}", newest.id());
        refuse(value.py(), ErrorCode::UnknownRules.name(), "rules".into(), limit, &message)
    })
}

/// Bytes, however they are held: `bytes` as they lie, anything else as a copy, because other threads may write to it as soon
/// as the interpreter lock is released.
pub fn byte_string(value: &Bound<'_, PyAny>, field: &str) -> PyResult<PyBackedBytes> {
    if let Ok(bytes) = value.extract() {
        return Ok(bytes);
    }
    let Ok(view) = PyMemoryView::from(value) else {
        return Err(wrong_type(value, field.into(), "bytes"));
    };
    let py = value.py();
    let format: String = view.getattr(intern!(py, "format"))?.extract()?;
    let dimensions: usize = view.getattr(intern!(py, "ndim"))?.extract()?;
    if format != "B" || dimensions != 1 {
        return Err(wrong_type(value, field.into(), "bytes"));
    }
    Ok(view.call_method0(intern!(py, "tobytes"))?.extract()?)
}

/// The bytes of something that has exactly `N`.
pub fn bytes<const N: usize>(value: &Bound<'_, PyAny>, field: &'static str) -> PyResult<[u8; N]> {
    let bytes = byte_string(value, field)?;
    bytes[..].try_into().map_err(|_| wrong_length(value.py(), field, bytes.len(), N))
}

/// A list that has another number of elements than it needs.
pub fn wrong_length(py: Python<'_>, field: &'static str, found: usize, needed: usize) -> PyErr {
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    refused(py, Error { code: ErrorCode::Length, field, index: number(found), limit: number(needed) })
}

/// The elements of a list, a tuple or another iterable with a length; neither text nor a mapping.
pub fn elements<'py>(value: &Bound<'py, PyAny>, field: &str) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let refusal = || wrong_type(value, field.into(), "a list");
    let text = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>();
    if text || value.hasattr(intern!(value.py(), "keys"))? || !value.hasattr(intern!(value.py(), "__len__"))? {
        return Err(refusal());
    }
    value.try_iter().map_err(|_| refusal())?.collect()
}

/// A list of integers: an array of exactly that type, an array of other integers or a sequence whose elements all fit.
pub fn integers<T: Integer + Element>(value: &Bound<'_, PyAny>, field: &str) -> PyResult<Vec<T>> {
    if let Some(list) = exact(value)? { Ok(list) } else { wide_integers(value, field) }
}

/// A list of integers wider than any array's elements.
pub fn wide_integers<T: Integer>(value: &Bound<'_, PyAny>, field: &str) -> PyResult<Vec<T>> {
    let list = match value.cast::<PyUntypedArray>() {
        Ok(array) => array_list(array, field, b"iu", "an array of integers")?,
        Err(_) => value.clone(),
    };
    let elements = elements(&list, field)?;
    let read = |(index, element)| integer(element, Place { field, index: Some(index) });
    elements.iter().enumerate().map(read).collect()
}

/// A list of bools: an array of bools or a sequence of them.
pub fn flags(value: &Bound<'_, PyAny>, field: &str) -> PyResult<Vec<bool>> {
    if let Some(list) = exact(value)? {
        return Ok(list);
    }
    let list = value
        .cast::<PyUntypedArray>()
        .map_or_else(|_| Ok(value.clone()), |array| array_list(array, field, b"b", "an array of bools"))?;
    let read = |(index, element)| flag(element, Place { field, index: Some(index) });
    elements(&list, field)?.iter().enumerate().map(read).collect()
}

/// A copy of a one-dimensional array of exactly this type. A copy, because other threads may write to the array as soon
/// as the interpreter lock is released.
fn exact<T: Element + Copy>(value: &Bound<'_, PyAny>) -> PyResult<Option<Vec<T>>> {
    let Ok(array) = value.cast::<PyArray1<T>>() else { return Ok(None) };
    Ok(Some(array.try_readonly()?.as_array().to_vec()))
}

/// The elements of an array of another element type; refused unless it is of one of the `kinds` (`NumPy`'s letters, or `O`
/// for Python objects) and has one dimension. An empty list may be of any kind.
fn array_list<'py>(
    array: &Bound<'py, PyUntypedArray>,
    field: &str,
    kinds: &[u8],
    wanted: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let kind = array.dtype().kind();
    let fits = kinds.contains(&kind) || kind == b'O';
    if array.ndim() == 1 && fits {
        return array.call_method0(intern!(array.py(), "tolist"));
    }
    let message =
        format!("{field} must be {wanted} with one dimension, not of {} with {}", array.dtype(), array.ndim());
    Err(refuse(array.py(), "type", field.into(), None, &message))
}

/// The attributes of an object, or the items of a dict, one after the other.
pub struct Fields<'o, 'py> {
    object: &'o Bound<'py, PyAny>,
    index: Option<usize>,
}

impl<'o, 'py> Fields<'o, 'py> {
    pub fn of(object: &'o Bound<'py, PyAny>) -> Self {
        Self { object, index: None }
    }

    /// Of element number `index` of a list, which errors then name.
    pub fn of_element(object: &'o Bound<'py, PyAny>, index: usize) -> Self {
        Self { object, index: Some(index) }
    }

    /// The object in one of the fields; errors name the same element.
    pub fn nested<T>(&self, field: &str, read: impl Fn(&Fields<'_, '_>) -> PyResult<T>) -> PyResult<T> {
        read(&Fields { object: &self.get(field)?, index: self.index })
    }

    pub fn get(&self, field: &str) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(dict) = self.object.cast::<PyDict>()
            && let Some(value) = dict.get_item(field)?
        {
            return Ok(value);
        }
        self.object.getattr(field).map_err(|_| {
            let found = self.object.get_type().name().map_or_else(|_| "object".into(), |name| name.to_string());
            let place = Place { field, index: self.index };
            refuse(self.object.py(), "type", place, None, &format!("{found} has no {field}"))
        })
    }

    fn place<'a>(&self, field: &'a str) -> Place<'a> {
        Place { field, index: self.index }
    }

    pub fn integer<T: Integer>(&self, field: &str) -> PyResult<T> {
        integer(&self.get(field)?, self.place(field))
    }

    pub fn optional<T: Integer>(&self, field: &str) -> PyResult<Option<T>> {
        optional(&self.get(field)?, self.place(field))
    }

    pub fn flag(&self, field: &str) -> PyResult<bool> {
        flag(&self.get(field)?, self.place(field))
    }

    pub fn choice<T: Copy>(&self, field: &str, choices: &[(&str, T)]) -> PyResult<T> {
        choice(&self.get(field)?, field, choices)
    }

    pub fn rules(&self) -> PyResult<Rules> {
        rules(&self.get("rules")?)
    }

    pub fn integers<T: Integer + Element>(&self, field: &str) -> PyResult<Vec<T>> {
        integers(&self.get(field)?, field)
    }
}

/// Every element of a list, read by its fields.
pub fn read_all<T>(
    value: &Bound<'_, PyAny>,
    field: &str,
    read: impl Fn(&Fields<'_, '_>) -> PyResult<T>,
) -> PyResult<Vec<T>> {
    let elements = elements(value, field)?;
    elements.iter().enumerate().map(|(index, element)| read(&Fields::of_element(element, index))).collect()
}

/// A dict of the given items, in order.
macro_rules! dict {
    ($py:expr, { $($key:literal: $value:expr),* $(,)? }) => {{
        let dict = pyo3::types::PyDict::new($py);
        $(dict.set_item($key, $value)?;)*
        dict
    }};
}
pub(crate) use dict;
