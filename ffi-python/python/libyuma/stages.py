"""The stages of an epoch, one by one (``epoch.md`` §3), on arrays of one element per uid.

``_raw`` marks int64 raw bits of I32F32 (1 is 2^32). Sparse matrices between stages are
:class:`libyuma.Rows` with int64 values. Chained as in the example of :func:`incentive` they give
what :func:`libyuma.epoch` gives in ``outcome.raw``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._rows import Rows, RowsLike, exact
from ._subnet import Flags, Integers

__all__ = [
    "active_stake",
    "activity",
    "clip",
    "consensus",
    "dividends",
    "emission",
    "fresh_share",
    "incentive",
    "liquid_alpha",
    "masked_weights",
    "normalized_stake",
    "permits",
    "validator_trust",
    "weights_for_bonds",
]

Raw: TypeAlias = npt.NDArray[np.int64]


def activity(
    last_update: Integers, activity_cutoff: int, current_block: int
) -> npt.NDArray[np.bool_]:
    """A: who has set weights lately. All are blocks.

    >>> from libyuma import stages
    >>> stages.activity([100, 99], 50, 150)
    array([ True, False])
    """
    return _libyuma.stage_activity(last_update, activity_cutoff, current_block)


def normalized_stake(stake: Any, *, owner_uid: int | None = None, stake_threshold: int = 0) -> Raw:
    """B: each neuron's share S of the subnet's stake, given as :class:`libyuma.Subnet` takes it.

    >>> from libyuma import stages
    >>> stages.normalized_stake([3 << 64, 1 << 64]).tolist()
    [3221225472, 1073741824]
    """
    return _libyuma.stage_normalized_stake(stake, owner_uid, stake_threshold)


def permits(
    stake_weight_raw: Integers, max_allowed_validators: int, *, owner_uid: int | None = None
) -> npt.NDArray[np.bool_]:
    """C: who may validate from now on: the largest positive shares, and the owner.

    >>> from libyuma import stages
    >>> stages.permits([3, 5, 3, 0], 2, owner_uid=3).tolist()
    [False, True, True, True]
    """
    return _libyuma.stage_permits(stake_weight_raw, max_allowed_validators, owner_uid)


def active_stake(
    stake_weight_raw: Integers,
    active: Flags,
    validator_permit: Flags,
    *,
    owner_uid: int | None = None,
) -> Raw:
    """D: each active validator's share A of the active stake. Permits: those before the epoch.

    >>> from libyuma import stages
    >>> stages.active_stake([1 << 31, 1 << 31], [True, False], [True, True]).tolist()
    [4294967296, 0]
    """
    return _libyuma.stage_active_stake(stake_weight_raw, active, validator_permit, owner_uid)


def masked_weights(
    weights: RowsLike,
    *,
    validator_permit: Flags,
    last_update: Integers,
    block_at_registration: Integers,
    owner_uid: int | None = None,
    commit_block: Integers | None = None,
) -> Rows:
    """E: the weights W that count, each row divided by its sum.

    >>> from libyuma import stages
    >>> weights = stages.masked_weights(
    ...     ([0, 2, 2, 2], [1, 2], [1, 3]), validator_permit=[True, False, False],
    ...     last_update=[9, 0, 0], block_at_registration=[0, 0, 0],
    ... )
    >>> weights.values.tolist()
    [1073741824, 3221225472]
    """
    validator_permit = exact("validator_permit", validator_permit, np.bool_)
    rows = Rows.of("weights", weights, len(validator_permit))
    return Rows(
        *_libyuma.stage_masked_weights(
            rows, validator_permit, owner_uid, last_update, block_at_registration, commit_block
        )
    )


def consensus(weights: Rows, active_stake_raw: Integers, kappa: int) -> Raw:
    """F: the weight C that a majority of the active stake stands behind, for every miner.

    ``weights``: of :func:`masked_weights`; ``kappa``: of 65535.

    >>> from libyuma import stages
    >>> one = 1 << 32
    >>> weights = ([0, 1, 2, 2], [2, 2], [one, one // 2])
    >>> stages.consensus(weights, [one * 6 // 10, one * 4 // 10, 0], 32767).tolist()
    [0, 0, 4294967296]
    """
    return _libyuma.stage_consensus(weights, active_stake_raw, kappa)


def clip(weights: Rows, consensus_raw: Integers) -> Rows:
    """G: weights cut to the consensus of their column; those that would become 0 are not there.

    >>> from libyuma import stages
    >>> stages.clip(([0, 2, 2, 2], [1, 2], [5, 7]), [0, 0, 6]).values.tolist()
    [6]
    """
    return Rows(*_libyuma.stage_clip(weights, consensus_raw))


def validator_trust(weights: Rows, consensus_raw: Integers) -> Raw:
    """G: each validator's trust VT, the sum of its clipped weights.

    >>> from libyuma import stages
    >>> stages.validator_trust(([0, 2, 2, 2], [1, 2], [5, 7]), [0, 0, 6]).tolist()
    [6, 0, 0]
    """
    return _libyuma.stage_validator_trust(weights, consensus_raw)


def incentive(weights: Rows, active_stake_raw: Integers, consensus_raw: Integers) -> Raw:
    """H: each miner's incentive I.

    >>> import libyuma
    >>> from libyuma import stages
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, rao_emission=1, stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> stake = stages.normalized_stake(subnet.stake)
    >>> active = stages.activity(subnet.last_update, 5000, subnet.current_block)
    >>> active_stake = stages.active_stake(stake, active, subnet.validator_permit)
    >>> weights = stages.masked_weights(
    ...     subnet.weights, validator_permit=subnet.validator_permit,
    ...     last_update=subnet.last_update, block_at_registration=subnet.block_at_registration,
    ... )
    >>> consensus = stages.consensus(weights, active_stake, 32767)
    >>> earned = stages.incentive(weights, active_stake, consensus)
    >>> bool((earned == libyuma.epoch(libyuma.Params(), subnet).raw.incentive).all())
    True
    """
    return _libyuma.stage_incentive(weights, active_stake_raw, consensus_raw)


def weights_for_bonds(weights: Rows, consensus_raw: Integers, bonds_penalty: int) -> Rows:
    """I: the weights Wb that earn bonds: as they are, clipped, or in between.

    ``bonds_penalty``: of 65535; in between rows come out sorted and without zeros.

    >>> from libyuma import stages
    >>> weights = ([0, 2, 2, 2], [1, 2], [5, 7])
    >>> stages.weights_for_bonds(weights, [0, 0, 6], 65535).values.tolist()
    [6]
    >>> stages.weights_for_bonds(weights, [0, 0, 6], 0).values.tolist()
    [5, 7]
    """
    return Rows(*_libyuma.stage_weights_for_bonds(weights, consensus_raw, bonds_penalty))


def dividends(
    ema_bonds: Rows, incentive_raw: Integers, active_stake_raw: Integers | None = None
) -> Raw:
    """K.4, K′.4: each validator's dividends D, from the averaged bonds E (int64 raw I32F32).

    With ``active_stake_raw`` those of Yuma 3, without it those of Yuma 2.

    >>> from libyuma import stages
    >>> one = 1 << 32
    >>> stages.dividends(([0, 1, 2, 2], [2, 2], [one // 4, one // 4]), [0, 0, one]).tolist()
    [2147483648, 2147483648, 0]
    """
    return _libyuma.stage_dividends(ema_bonds, incentive_raw, active_stake_raw)


def fresh_share(bonds_moving_average: int, *, yuma3: bool = False) -> int:
    """K.3, K′.2: the share of fresh bonds, raw I32F32; it may be negative.

    >>> from libyuma import stages
    >>> stages.fresh_share(500_000)
    2147483648
    """
    return _libyuma.stage_fresh_share(bonds_moving_average, yuma3)


def liquid_alpha(
    *,
    weight_raw: int,
    bond_raw: int,
    consensus_raw: int,
    alpha_low: int = 45875,
    alpha_high: int = 58982,
    alpha_sigmoid_steepness: int = 1000,
) -> int:
    """§4: the smoothing factor of one bond, raw I32F32.

    >>> from libyuma import stages
    >>> stages.liquid_alpha(weight_raw=1 << 32, bond_raw=0, consensus_raw=1 << 32)
    3012258989
    """
    return _libyuma.stage_liquid_alpha(
        {
            "weight_raw": weight_raw,
            "bond_raw": bond_raw,
            "consensus_raw": consensus_raw,
            "alpha_low": alpha_low,
            "alpha_high": alpha_high,
            "alpha_sigmoid_steepness": alpha_sigmoid_steepness,
        }
    )


def emission(
    *,
    incentive_raw: Integers,
    dividends_raw: Integers,
    active_stake_raw: Integers,
    stake_weight_raw: Integers,
    rao_emission: int,
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """L: what each neuron is paid, in rao: for serving, for validating, and in all.

    >>> from libyuma import stages
    >>> one = 1 << 32
    >>> server, validator, combined = stages.emission(
    ...     incentive_raw=[0, one], dividends_raw=[one, 0], active_stake_raw=[one, 0],
    ...     stake_weight_raw=[one, 0], rao_emission=1000,
    ... )
    >>> server.tolist(), validator.tolist(), combined.tolist()
    ([0, 500], [500, 0], [500, 500])
    """
    return _libyuma.stage_emission(
        incentive_raw, dividends_raw, active_stake_raw, stake_weight_raw, rao_emission
    )
