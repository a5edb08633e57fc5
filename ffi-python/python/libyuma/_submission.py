"""What a validator's weights pass on their way into storage (``submission.md``).

The rules of a subnet in Yuma mode; what one in Null mode checks is not supported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._subnet import Flags, Integers

TAO_WEIGHT: int = _libyuma.TAO_WEIGHT
"""What a rao of TAO on root counts against one of alpha on mainnet, of 2^64 − 1."""


def max_upscale(values: Integers) -> npt.NDArray[np.uint16]:
    """Weights (uint16) scaled so that the largest becomes 65535; all zeros stay (§2).

    >>> import libyuma
    >>> libyuma.max_upscale([10, 20])
    array([32768, 65535], dtype=uint16)
    """
    return _libyuma.max_upscale(values)


def sum_normalize(values: Integers) -> npt.NDArray[np.uint16]:
    """Weights (uint16) scaled so that they sum to 65535, but for what the floors lose (§3).

    >>> import libyuma
    >>> libyuma.sum_normalize([1, 2])
    array([21845, 43690], dtype=uint16)
    """
    return _libyuma.sum_normalize(values)


def max_weight_within(values: Integers, limit: int) -> bool:
    """Whether the largest weight's share of all is at most ``limit`` of 65535 (§4).

    >>> import libyuma
    >>> libyuma.max_weight_within([1, 1], 32768), libyuma.max_weight_within([1, 1], 32767)
    (True, False)
    """
    return _libyuma.max_weight_within(values, limit)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AcceptedWeights:
    """Weights that passed."""

    uids: npt.NDArray[np.uint16]
    """Whom the stored weights are for, in the order submitted."""
    values: npt.NDArray[np.uint16]
    """The stored weights, the largest 65535."""
    last_update: int
    """The caller's last update from now on, a block."""


def validate_weights(
    *,
    netuid: int,
    uids: Integers,
    values: Integers,
    caller_uid: int | None,
    n: int,
    current_block: int,
    mecid: int = 0,
    version_key: int = 0,
    alpha_stake: int = 0,
    root_stake: int = 0,
    last_update: int = 0,
    mechanism_count: int | None = 1,
    owner_uid: int | None = None,
    validator_permit: Flags = (),
    tao_weight: int = TAO_WEIGHT,
    stake_threshold: int = 0,
    network_version_key: int = 0,
    min_allowed_weights: int = 1024,
    max_weight_limit: int = 65535,
    commit_reveal_enabled: bool = False,
    rate_limit: int = 100,
) -> AcceptedWeights:
    """Checks a call that sets weights as the chain does, rule by rule in its order (§5).

    The call: ``netuid``, ``mecid``, ``uids`` and ``values`` (uint16), ``version_key``. The caller:
    its ``caller_uid`` (``None``: not registered), its inherited ``alpha_stake`` and ``root_stake``
    in rao, and the block of its ``last_update`` (0: never). The rest is the subnet's, with the
    chain's defaults; ``mechanism_count`` ``None``: there is no such subnet.

    Raises :class:`SubmissionError` with the chain's name of the first rule that fails.

    >>> import libyuma
    >>> accepted = libyuma.validate_weights(
    ...     netuid=1, uids=[2, 1], values=[10, 20], caller_uid=0, n=3, current_block=5000,
    ...     last_update=4900, validator_permit=[True], min_allowed_weights=1, alpha_stake=1000,
    ... )
    >>> accepted.values, accepted.last_update
    (array([32768, 65535], dtype=uint16), 5000)
    """
    stored_uids, stored_values, updated = _libyuma.validate_weights(
        {
            "netuid": netuid,
            "mecid": mecid,
            "uids": uids,
            "values": values,
            "version_key": version_key,
            "caller_uid": caller_uid,
            "alpha_stake": alpha_stake,
            "root_stake": root_stake,
            "last_update": last_update,
            "mechanism_count": mechanism_count,
            "n": n,
            "owner_uid": owner_uid,
            "validator_permit": validator_permit,
            "tao_weight": tao_weight,
            "stake_threshold": stake_threshold,
            "network_version_key": network_version_key,
            "min_allowed_weights": min_allowed_weights,
            "max_weight_limit": max_weight_limit,
            "commit_reveal_enabled": commit_reveal_enabled,
            "rate_limit": rate_limit,
            "current_block": current_block,
        }
    )
    return AcceptedWeights(uids=stored_uids, values=stored_values, last_update=updated)


def weights_commit_hash(
    *,
    account: bytes,
    netuid: int,
    uids: Integers,
    values: Integers,
    salt: Integers,
    version_key: int,
    mecid: int = 0,
) -> bytes:
    """The 32 bytes by which a validator commits to weights it reveals later (§6).

    ``account``: the 32 bytes of the hotkey. The lists (uint16) are hashed as they are: unchecked,
    unsorted, not scaled.

    >>> import libyuma
    >>> libyuma.weights_commit_hash(
    ...     account=bytes(32), netuid=0, uids=[1], values=[], salt=[2, 3], version_key=0
    ... ).hex()[:8]
    '1cc0a859'
    """
    return _commit(account, netuid, mecid, uids, values, salt, version_key)[1]


def weights_commit_preimage(
    *,
    account: bytes,
    netuid: int,
    uids: Integers,
    values: Integers,
    salt: Integers,
    version_key: int,
    mecid: int = 0,
) -> bytes:
    """The bytes that :func:`weights_commit_hash` hashes (§6).

    >>> import libyuma
    >>> libyuma.weights_commit_preimage(
    ...     account=bytes(32), netuid=7, uids=[1], values=[], salt=[2, 3], version_key=0
    ... )[32:].hex()
    '07000401000008020003000000000000000000'
    """
    return _commit(account, netuid, mecid, uids, values, salt, version_key)[0]


def _commit(
    account: bytes,
    netuid: int,
    mecid: int,
    uids: Integers,
    values: Integers,
    salt: Integers,
    version_key: int,
) -> tuple[bytes, bytes]:
    return _libyuma.weights_commit(
        {
            "account": account,
            "netuid": netuid,
            "mecid": mecid,
            "uids": uids,
            "values": values,
            "salt": salt,
            "version_key": version_key,
        }
    )
