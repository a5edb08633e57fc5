//! The hash by which a validator commits to weights it reveals later (spec `submission.md` §6).

use blake2::{Blake2b256, Digest};

use crate::error::{Error, ErrorCode};
use crate::mechanisms::mechanism_storage_index;

/// The longest list whose length can be written.
const LONGEST: usize = (1 << 30) - 1;

/// What a commit hash covers. The lists are hashed as they are: unchecked, unsorted, not scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightsCommit<'a> {
    /// The committing hotkey.
    pub account: &'a [u8; 32],
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// The uids that will be revealed.
    pub uids: &'a [u16],
    /// The weights that will be revealed.
    pub values: &'a [u16],
    /// The secret that keeps the weights from being guessed.
    pub salt: &'a [u16],
    /// The version key that will be revealed.
    pub version_key: u64,
}

/// The commit hash: `BLAKE2b` of 32 bytes over [`commit_preimage`].
///
/// # Errors
/// As [`commit_preimage`].
///
/// ```
/// use yuma_core::submission::{WeightsCommit, weights_commit_hash};
/// let commit = WeightsCommit {
///     account: &[0; 32], netuid: 0, mecid: 0, uids: &[1], values: &[], salt: &[2, 3], version_key: 0,
/// };
/// assert_eq!(weights_commit_hash(&commit)?[..4], [0x1c, 0xc0, 0xa8, 0x59]);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn weights_commit_hash(commit: &WeightsCommit<'_>) -> Result<[u8; 32], Error> {
    let mut hash = Blake2b256::new();
    commit_preimage(commit, |bytes| hash.update(bytes))?;
    Ok(hash.finalize().into())
}

/// Hands the bytes that [`weights_commit_hash`] hashes to `write`, piece by piece: account, storage index, the three
/// lists, each after its length, and the version key; integers little-endian.
///
/// # Errors
/// [`ErrorCode::Range`] for a list of 2^30 elements or more, which cannot be submitted; `write` is not called then.
pub fn commit_preimage(commit: &WeightsCommit<'_>, mut write: impl FnMut(&[u8])) -> Result<(), Error> {
    for (field, list) in [("uids", commit.uids), ("values", commit.values), ("salt", commit.salt)] {
        if list.len() > LONGEST {
            return Err(Error::new(ErrorCode::Range, field, list.len(), LONGEST));
        }
    }
    write(commit.account);
    write(&mechanism_storage_index(commit.netuid, commit.mecid).to_le_bytes());
    for list in [commit.uids, commit.values, commit.salt] {
        write_length(list.len(), &mut write);
        for entry in list {
            write(&entry.to_le_bytes());
        }
    }
    write(&commit.version_key.to_le_bytes());
    Ok(())
}

/// A length in the compact form: the lowest two bits tell how many bytes follow.
fn write_length(length: usize, write: &mut impl FnMut(&[u8])) {
    let length = u32::try_from(length).unwrap_or(u32::MAX) << 2;
    let [first, second, ..] = length.to_le_bytes();
    match length >> 2 {
        0..0x40 => write(&[first]),
        0x40..0x4000 => write(&[first | 1, second]),
        _ => write(&(length | 2).to_le_bytes()),
    }
}
