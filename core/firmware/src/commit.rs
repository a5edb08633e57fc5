//! The payload of the command for the commit hash: what the hash covers.

use yuma_core::submission::{WeightsCommit, weights_commit_hash};
use yuma_core::{Error, ErrorCode};

use crate::board::Port;
use crate::fault::Fault;
use crate::frame::Incoming;

/// What a commit hash covers, with its lists in the device's memory.
pub struct Commit<'m> {
    account: [u8; 32],
    netuid: u16,
    mecid: u8,
    version_key: u64,
    uids: &'m [u16],
    values: &'m [u16],
    salt: &'m [u16],
}

impl<'m> Commit<'m> {
    /// Takes a commit off a frame. Its lists find room in an epoch's `words`, which no epoch uses meanwhile.
    ///
    /// # Errors
    /// A payload that ends early; [`ErrorCode::TooSmall`] for a list that has no room.
    pub fn take<P: Port>(frame: &mut Incoming<'_, P>, words: &'m mut [u64]) -> Result<Self, Fault> {
        let mut room = Room(bytemuck::try_cast_slice_mut(words).unwrap_or_default());
        Ok(Self {
            account: frame.take()?,
            netuid: u16::from_le_bytes(frame.take()?),
            mecid: u8::from_le_bytes(frame.take()?),
            version_key: u64::from_le_bytes(frame.take()?),
            uids: room.take("uids", frame)?,
            values: room.take("values", frame)?,
            salt: room.take("salt", frame)?,
        })
    }

    /// The hash.
    ///
    /// # Errors
    /// None that a list in the device's memory could give.
    pub fn hash(&self) -> Result<[u8; 32], Error> {
        let Self { account, netuid, mecid, version_key, uids, values, salt } = *self;
        weights_commit_hash(&WeightsCommit { account: &account, netuid, mecid, uids, values, salt, version_key })
    }
}

/// Where the lists go, one after the other.
struct Room<'m>(&'m mut [u16]);

impl<'m> Room<'m> {
    /// Takes a list off a frame, after its length.
    fn take<P: Port>(&mut self, field: &'static str, frame: &mut Incoming<'_, P>) -> Result<&'m [u16], Fault> {
        let length = u16::from_le_bytes(frame.take()?);
        let room = core::mem::take(&mut self.0);
        let index = u64::try_from(room.len()).unwrap_or(u64::MAX);
        let too_small = Error { code: ErrorCode::TooSmall, field, index, limit: length.into() };
        let (list, rest) = room.split_at_mut_checked(length.into()).ok_or(too_small)?;
        for entry in &mut *list {
            *entry = u16::from_le_bytes(frame.take()?);
        }
        self.0 = rest;
        Ok(list)
    }
}
