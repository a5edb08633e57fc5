//! The door: JavaScript values in, plain values out, or an error that names the field and the index.
//!
//! Integers are numbers without a fraction, or bigints. Nothing here panics, and nothing is converted silently. Rust's
//! names are the ones of core; JavaScript's are the same in its own style.

use js_sys::{
    Array, ArrayBuffer, BigInt64Array, BigUint64Array, JsString, Object, Reflect, Uint8Array, Uint16Array, Uint32Array,
};
use wasm_bindgen::prelude::*;
use yuma_core::{Error, ErrorCode, Rules};

/// What a function answers: a value, or what is thrown.
pub type Answer<T> = Result<T, JsValue>;

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

/// A name in JavaScript's style.
#[inline(never)]
pub fn camel(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        match letter {
            '_' => upper = true,
            _ if upper => {
                written.push(letter.to_ascii_uppercase());
                upper = false;
            }
            _ => written.push(letter),
        }
    }
    written
}

/// What is thrown: the parts of an error, which the package's JavaScript side makes a `YumaError` of.
fn thrown(code: &str, field: &str, index: JsValue, limit: JsValue, message: &str) -> JsValue {
    let parts: Array = [code.into(), camel(field).into(), index, limit, message.into()].iter().collect();
    parts.into()
}

/// An error of the package's own. `limit` is whatever the message says about it.
pub fn refuse(code: &str, place: Place<'_>, limit: JsValue, message: &str) -> JsValue {
    let index = place.index.map_or(JsValue::NULL, |index| plain(u64::try_from(index).unwrap_or(u64::MAX)));
    thrown(code, place.field, index, limit, message)
}

/// A number where it is exact, else a bigint.
fn plain(value: u64) -> JsValue {
    u32::try_from(value).map_or_else(|_| value.into(), JsValue::from)
}

/// What core's door refuses.
#[inline(never)]
pub fn refused(error: Error) -> JsValue {
    let message = error.to_string().replace(error.field, &camel(error.field));
    thrown(error.code.name(), error.field, error.index.to_js(), error.limit.to_js(), &message)
}

#[inline(never)]
fn wrong_type(value: &JsValue, place: Place<'_>, wanted: &str) -> JsValue {
    let found = if value.is_null() {
        "null".into()
    } else if Array::is_array(value) {
        "a list".into()
    } else {
        value.js_typeof().as_string().unwrap_or_default()
    };
    refuse("type", place, JsValue::NULL, &format!("{} must be {wanted}, not {found}", at(place)))
}

#[inline(never)]
fn at(place: Place<'_>) -> String {
    place.index.map_or_else(|| camel(place.field), |index| format!("{}[{index}]", camel(place.field)))
}

/// An integer as JavaScript has it.
pub enum Found {
    /// Not below zero.
    Positive(u128),
    Negative(i128),
    /// Beyond 128 bits; whether it is below zero.
    Beyond(bool),
}

/// The integer that a number without a fraction or a bigint is.
#[inline(never)]
fn found(value: &JsValue) -> Option<Found> {
    if value.is_bigint() {
        let below = value.lt(&JsValue::from(0));
        let read = if below {
            i128::try_from(value.clone()).map(Found::Negative)
        } else {
            u128::try_from(value.clone()).map(Found::Positive)
        };
        return Some(read.unwrap_or(Found::Beyond(below)));
    }
    if !js_sys::Number::is_safe_integer(value) {
        return None;
    }
    let whole = i128::from(i64::try_from(js_sys::BigInt::new(value).ok()?).ok()?);
    Some(u128::try_from(whole).map_or(Found::Negative(whole), Found::Positive))
}

/// An integer type of core's.
pub trait Integer: Copy + ToJs {
    const NAME: &'static str;
    const LOWEST: Self;
    const HIGHEST: Self;
    const SIGNED: bool;
    /// From what was found, if it fits.
    fn of(found: &Found) -> Option<Self>;
    /// A copy of a typed array of exactly this type.
    fn exact(value: &JsValue) -> Option<Vec<Self>>;
}

macro_rules! integers {
    ($($type:ident: |$value:ident| $exact:expr;)*) => {$(
        impl Integer for $type {
            const NAME: &'static str = stringify!($type);
            const LOWEST: Self = $type::MIN;
            const HIGHEST: Self = $type::MAX;
            const SIGNED: bool = $type::MIN != 0;
            fn of(found: &Found) -> Option<Self> {
                match *found {
                    Found::Positive(value) => value.try_into().ok(),
                    Found::Negative(value) => value.try_into().ok(),
                    Found::Beyond(_) => None,
                }
            }
            fn exact($value: &JsValue) -> Option<Vec<Self>> {
                $exact
            }
        }
    )*};
}
integers! {
    u8: |value| value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    u16: |value| value.dyn_ref::<Uint16Array>().map(Uint16Array::to_vec);
    u32: |value| value.dyn_ref::<Uint32Array>().map(Uint32Array::to_vec);
    u64: |value| value.dyn_ref::<BigUint64Array>().map(BigUint64Array::to_vec);
    i64: |value| value.dyn_ref::<BigInt64Array>().map(BigInt64Array::to_vec);
    u128: |_value| None;
    i16: |_value| None;
    i128: |_value| None;
    usize: |_value| None;
}

/// An integer of the type asked for.
#[inline(never)]
pub fn integer<'a, T: Integer>(value: &JsValue, place: impl Into<Place<'a>>) -> Answer<T> {
    let place = place.into();
    let found = found(value).ok_or_else(|| wrong_type(value, place, "an integer"))?;
    T::of(&found).ok_or_else(|| {
        let below = matches!(found, Found::Negative(_) | Found::Beyond(true));
        let limit = if below { T::LOWEST } else { T::HIGHEST }.to_js();
        out_of_range(place, below && !T::SIGNED, limit, T::NAME)
    })
}

#[cold]
#[inline(never)]
fn out_of_range(place: Place<'_>, negative: bool, limit: JsValue, name: &str) -> JsValue {
    if negative {
        refuse("negative", place, limit, &format!("{} is negative", at(place)))
    } else {
        refuse("range", place, limit, &format!("{} does not fit {name}", at(place)))
    }
}

/// Nothing, or an integer.
#[inline(never)]
pub fn optional<'a, T: Integer>(value: &JsValue, place: impl Into<Place<'a>>) -> Answer<Option<T>> {
    if is_none(value) { Ok(None) } else { integer(value, place).map(Some) }
}

/// Whether there is no value.
#[inline(never)]
pub fn is_none(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined()
}

/// A bool, nothing that is merely true or false.
pub fn flag<'a>(value: &JsValue, place: impl Into<Place<'a>>) -> Answer<bool> {
    value.as_bool().ok_or_else(|| wrong_type(value, place.into(), "a bool"))
}

/// A string out of a short list.
pub fn choice<T: Copy>(value: &JsValue, field: &str, choices: &[(&str, T)]) -> Answer<T> {
    let text = value.as_string().ok_or_else(|| wrong_type(value, field.into(), "a string"))?;
    choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = format!("{} must be one of {}, not '{text}'", camel(field), names.join(", "));
        refuse("range", field.into(), JsValue::NULL, &message)
    })
}

/// A set of rules by its id; without one, the newest.
#[inline(never)]
pub fn rules(value: &JsValue) -> Answer<Rules> {
    if is_none(value) {
        return Ok(Rules::NEWEST);
    }
    let id = value.as_string().ok_or_else(|| wrong_type(value, "rules".into(), "a string"))?;
    Rules::from_id(&id).ok_or_else(|| {
        let newest = Rules::NEWEST;
        let message = format!("no rules '{id}' are known, the newest known are {}", newest.id());
        refuse(ErrorCode::UnknownRules.name(), "rules".into(), newest.spec_version().to_js(), &message)
    })
}

/// The bytes of something that has exactly `N`.
pub fn bytes<const N: usize>(value: &JsValue, field: &'static str) -> Answer<[u8; N]> {
    let bytes = u8::exact(value).ok_or_else(|| wrong_type(value, field.into(), "a Uint8Array"))?;
    let length = bytes.len();
    bytes.try_into().map_err(|_| wrong_length(field, length, N))
}

/// A list that has another number of elements than it needs.
#[inline(never)]
pub fn wrong_length(field: &'static str, found: usize, needed: usize) -> JsValue {
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    refused(Error { code: ErrorCode::Length, field, index: number(found), limit: number(needed) })
}

/// The elements of a list or of a typed array.
#[inline(never)]
pub fn elements(value: &JsValue, field: &str) -> Answer<Vec<JsValue>> {
    let list = if Array::is_array(value) {
        value.clone().unchecked_into()
    } else if ArrayBuffer::is_view(value) && value.dyn_ref::<js_sys::DataView>().is_none() {
        Array::from(value)
    } else {
        return Err(wrong_type(value, field.into(), "a list"));
    };
    Ok(list.to_vec())
}

/// A list of integers: a typed array of exactly that type, another one or a list whose elements all fit.
#[inline(never)]
pub fn integers<T: Integer>(value: &JsValue, field: &str) -> Answer<Vec<T>> {
    if let Some(list) = T::exact(value) {
        return Ok(list);
    }
    let read = |(index, element)| integer(element, Place { field, index: Some(index) });
    elements(value, field)?.iter().enumerate().map(read).collect()
}

/// A list of bools, or a `Uint8Array` of zeros and ones.
#[inline(never)]
pub fn flags(value: &JsValue, field: &str) -> Answer<Vec<bool>> {
    let bytes = value.is_instance_of::<Uint8Array>();
    let read = |(index, element): (usize, &JsValue)| {
        let place = Place { field, index: Some(index) };
        if bytes {
            match integer::<u8>(element, place)? {
                0 => Ok(false),
                1 => Ok(true),
                _ => Err(refuse("range", place, 1.into(), &format!("{} is neither 0 nor 1", at(place)))),
            }
        } else {
            flag(element, place)
        }
    };
    elements(value, field)?.iter().enumerate().map(read).collect()
}

/// The fields of an object, one after the other.
pub struct Fields<'o> {
    object: &'o JsValue,
    index: Option<usize>,
}

impl<'o> Fields<'o> {
    pub fn of(object: &'o JsValue) -> Self {
        Self { object, index: None }
    }

    /// Of element number `index` of a list, which errors then name.
    pub fn of_element(object: &'o JsValue, index: usize) -> Self {
        Self { object, index: Some(index) }
    }

    /// The object in one of the fields; errors name the same element.
    pub fn nested<T>(&self, field: &str, read: impl Fn(&Fields<'_>) -> Answer<T>) -> Answer<T> {
        read(&Fields { object: &self.get(field)?, index: self.index })
    }

    /// A field; one that is not there is `undefined`, and whoever needs it says so.
    #[inline(never)]
    pub fn get(&self, field: &str) -> Answer<JsValue> {
        if !self.object.is_object() {
            return Err(wrong_type(self.object, self.place(field), "a field of an object"));
        }
        Reflect::get(self.object, &camel(field).into())
    }

    /// The same object, as the value of a field.
    pub fn named(self, field: &str) -> Answer<Self> {
        if self.object.is_object() { Ok(self) } else { Err(wrong_type(self.object, field.into(), "an object")) }
    }

    #[inline(never)]
    pub fn present(&self, field: &str) -> Answer<JsValue> {
        let value = self.get(field)?;
        if value.is_undefined() {
            let place = self.place(field);
            return Err(refuse("missing", place, JsValue::NULL, &format!("{} is missing", at(place))));
        }
        Ok(value)
    }

    fn place<'a>(&self, field: &'a str) -> Place<'a> {
        Place { field, index: self.index }
    }

    #[inline(never)]
    pub fn integer<T: Integer>(&self, field: &str) -> Answer<T> {
        integer(&self.present(field)?, self.place(field))
    }

    #[inline(never)]
    pub fn optional<T: Integer>(&self, field: &str) -> Answer<Option<T>> {
        optional(&self.get(field)?, self.place(field))
    }

    #[inline(never)]
    pub fn flag(&self, field: &str) -> Answer<bool> {
        flag(&self.present(field)?, self.place(field))
    }

    pub fn choice<T: Copy>(&self, field: &str, choices: &[(&str, T)]) -> Answer<T> {
        choice(&self.present(field)?, field, choices)
    }

    pub fn rules(&self) -> Answer<Rules> {
        rules(&self.get("rules")?)
    }

    #[inline(never)]
    pub fn integers<T: Integer>(&self, field: &str) -> Answer<Vec<T>> {
        integers(&self.present(field)?, field)
    }
}

/// Every element of a list, read by its fields.
pub fn read_all<T>(value: &JsValue, field: &str, read: impl Fn(&Fields<'_>) -> Answer<T>) -> Answer<Vec<T>> {
    let elements = elements(value, field)?;
    elements.iter().enumerate().map(|(index, element)| read(&Fields::of_element(element, index))).collect()
}

/// What becomes a JavaScript value.
pub trait ToJs: Sized {
    fn to_js(self) -> JsValue;
    /// A list of such values: a typed array where there is one.
    fn list(values: Vec<Self>) -> JsValue {
        values.into_iter().map(Self::to_js).collect::<Array>().into()
    }
}

macro_rules! to_js {
    ($($type:ty)*) => {$(
        impl ToJs for $type {
            fn to_js(self) -> JsValue {
                JsValue::from(self)
            }
        }
    )*};
    ($($type:ty => $array:ty),* $(,)?) => {$(
        impl ToJs for $type {
            fn to_js(self) -> JsValue {
                JsValue::from(self)
            }
            fn list(values: Vec<Self>) -> JsValue {
                <$array>::from(values.as_slice()).into()
            }
        }
    )*};
}
to_js!(bool i16 usize i128 u128 &str String Object JsValue);
to_js!(u8 => Uint8Array, u16 => Uint16Array, u32 => Uint32Array, u64 => BigUint64Array, i64 => BigInt64Array);

impl<T: ToJs> ToJs for Option<T> {
    fn to_js(self) -> JsValue {
        self.map_or(JsValue::NULL, T::to_js)
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js(self) -> JsValue {
        T::list(self)
    }
}

impl ToJs for () {
    fn to_js(self) -> JsValue {
        JsValue::UNDEFINED
    }
}

macro_rules! tuples {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: ToJs),*> ToJs for ($($name,)*) {
            #[allow(non_snake_case, reason = "each type's own name is its value's")]
            fn to_js(self) -> JsValue {
                let ($($name,)*) = self;
                [$($name.to_js()),*].iter().collect::<Array>().into()
            }
        }
    )*};
}
tuples! { A B; A B C; A B C D; }

/// Sets a field of a new object.
pub fn set(object: &Object, name: &str, value: impl ToJs) -> Answer<()> {
    set_value(object, name, &value.to_js())
}

// Kept out of line, as all that every field of every object passes through.
#[inline(never)]
fn set_value(object: &Object, name: &str, value: &JsValue) -> Answer<()> {
    Reflect::set(object, &JsString::from(camel(name)), value).map(|_| ())
}

/// An object of the given fields, in order.
macro_rules! dict {
    ({ $($key:literal: $value:expr),* $(,)? }) => {{
        let object = js_sys::Object::new();
        $(crate::door::set(&object, $key, $value)?;)*
        object
    }};
}
pub(crate) use dict;
