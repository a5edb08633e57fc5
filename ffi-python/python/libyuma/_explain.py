"""Why a neuron gets what it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import _libyuma, stages
from ._epoch import epoch
from ._outcome import Outcome
from ._rows import Rows
from .errors import refusal

_ONE = 1 << 32
_U16 = 65535
_LISTED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeFacts:
    """How much stake a neuron has among the others, and what it may do with it."""

    rao: int
    """The total stake weight in whole rao."""
    share_raw: int
    """S, the share of the subnet's stake, raw I32F32."""
    rank: int
    """The place by share, 1 for the largest; of equal shares the higher uid comes first."""
    below_threshold: bool
    """Whether the threshold made the stake count as nothing."""
    is_owner: bool
    """Whether it is the subnet's owner, who always has a permit."""
    permit_before: bool
    """Whether it had a permit for this epoch, the owner's included."""
    permit_after: bool
    """Whether it has one from now on."""
    places: int
    """How many permits there are besides the owner's."""
    last_place_raw: int | None
    """The smallest share that has a permit from now on, raw I32F32; ``None``: nobody has one."""
    active: bool
    """Whether it set weights lately."""
    age: int
    """Blocks since its last update; negative for an update after the epoch's block."""
    activity_cutoff: int
    """Blocks after which it is inactive."""
    active_share_raw: int
    """A, the share of the active validators' stake, raw I32F32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFacts:
    """What became of one stored weight."""

    miner: int
    """The column: whom the weight is for."""
    stored: int
    """The weight as stored, uint16."""
    masked: str | None
    """Why it does not count, in words; ``None``: it counts."""
    weight_raw: int
    """W, its share of the row, raw I32F32; 0 when masked."""
    consensus_raw: int
    """C of the miner, raw I32F32; 0 for a miner that there is not."""
    clipped_raw: int
    """What consensus left of it, raw I32F32."""
    lost_raw: int
    """What consensus cut off, raw I32F32; 0 if it was not clipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BondFacts:
    """A validator's bond to one miner after the epoch."""

    miner: int
    """The column."""
    stored: int | None
    """The bond as stored, of 65535; ``None``: without a new permit nothing is stored."""
    bond_raw: int
    """E, raw I32F32."""
    all_bonds_raw: int
    """The sum of all validators' E to this miner, raw I32F32."""
    incentive: int
    """The miner's incentive, of 65535."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFacts:
    """What one validator says of a miner, and with how much stake."""

    validator: int
    """Whose vote."""
    active_share_raw: int
    """A of the validator, raw I32F32: above 0, or it has no vote."""
    weight_raw: int
    """W for the miner, raw I32F32: its last entry, 0 if there is none."""
    clipped_raw: int
    """What consensus left of it, raw I32F32."""
    lost_raw: int
    """What consensus cut off, raw I32F32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatorFacts:
    """A neuron as a validator."""

    weights: tuple[WeightFacts, ...]
    """Its stored weights, in stored order."""
    trust_raw: int
    """VT, the sum of its clipped weights, raw I32F32."""
    trust: int
    """The same, of 65535."""
    bonds: tuple[BondFacts, ...]
    """Its bonds."""
    dividends_raw: int
    """D, raw I32F32."""
    dividends: int
    """The same, of 65535."""
    rao: int
    """What it is paid for validating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinerFacts:
    """A neuron as a miner."""

    votes: tuple[VoteFacts, ...]
    """Everybody who has a vote, also those who say nothing of this miner."""
    masked: tuple[tuple[int, str], ...]
    """Validators with a stored weight for it that does not count, and why."""
    kappa: int
    """The majority, of 65535."""
    consensus_raw: int
    """C, the weight the majority stands behind, raw I32F32."""
    consensus: int
    """The same, of 65535."""
    backing_raw: int
    """The active stake that gives it that much or more, raw I32F32."""
    incentive_raw: int
    """I, raw I32F32."""
    incentive: int
    """The same, of 65535."""
    rao: int
    """What it is paid for mining."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one neuron gets what it gets; ``str()`` tells it in words and numbers.

    All numbers are integers; a ``_raw`` one divided by 2^32 is its value.
    """

    uid: int
    """Of whom it tells."""
    rules: str
    """The rules the epoch followed."""
    block: int
    """The block of the epoch."""
    stake: StakeFacts
    """Its stake, permit and activity."""
    validator: ValidatorFacts
    """What it gets as a validator, and why; also if that is nothing."""
    miner: MinerFacts
    """What it gets as a miner, and why; also if that is nothing."""
    rao: int
    """What it is paid in all."""
    rao_emission: int
    """What the epoch divides among all."""
    paid_by_stake: bool
    """Whether nobody earned anything, so that all is divided by stake instead (§3.L)."""

    def __str__(self) -> str:
        return "\n".join(_text(self))


def explain(outcome: Outcome, uid: int) -> Explanation:
    """Why this uid gets what it gets in this epoch. Also ``outcome.explain(uid)``.

    Raises :class:`YumaError` with code ``range`` for a uid that is not below ``n``, and with
    ``type`` for an outcome of :func:`null_epoch`, where one validator decides everything.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> told = libyuma.epoch(libyuma.Params(), subnet).explain(1)
    >>> told.stake.rank, told.validator.trust, told.validator.weights[0].lost_raw
    (2, 43689, 1431670330)
    """
    n = outcome.n
    uid = _libyuma.check_integer("uid", uid, "u16")
    if uid >= n:
        raise refusal("range", "uid", None, n - 1, f"uid: no uid {uid} among {n}")
    # A Null epoch reports no active stake; nor does a Yuma epoch in which nobody has a vote.
    voteless = not outcome.raw.active_stake.any()
    if voteless and epoch(outcome.params, outcome.subnet) != outcome:
        message = "outcome is not of epoch(): in a Null epoch one validator decides everything"
        raise refusal("type", "outcome", None, None, message)
    weights, clipped = _weights(outcome)
    raw = outcome.raw
    earned = bool(raw.incentive.any() or raw.dividends.any())
    return Explanation(
        uid=uid,
        rules=outcome.rules,
        block=outcome.subnet.current_block,
        stake=_stake(outcome, uid),
        validator=_validator(outcome, uid, weights, clipped),
        miner=_miner(outcome, uid, weights, clipped),
        rao=int(outcome.emission[uid]),
        rao_emission=outcome.subnet.rao_emission,
        paid_by_stake=not earned,
    )


def _weights(outcome: Outcome) -> tuple[Rows, Rows]:
    """W and K of the epoch."""
    subnet = outcome.subnet
    weights = stages.masked_weights(
        subnet.weights,
        validator_permit=subnet.validator_permit,
        last_update=subnet.last_update,
        block_at_registration=subnet.block_at_registration,
        owner_uid=subnet.owner_uid,
        commit_block=subnet.commit_block if outcome.params.commit_reveal else None,
    )
    return weights, stages.clip(weights, outcome.raw.consensus)


def _stake(outcome: Outcome, uid: int) -> StakeFacts:
    subnet, params = outcome.subnet, outcome.params
    shares = outcome.raw.stake.tolist()
    places = [share for share, has in zip(shares, outcome.validator_permit, strict=True) if has]
    order = sorted(range(outcome.n), key=lambda other: (shares[other], other), reverse=True)
    rao = int(subnet.stake_rao[uid])
    is_owner = uid == subnet.owner_uid
    return StakeFacts(
        rao=rao,
        share_raw=shares[uid],
        rank=order.index(uid) + 1,
        below_threshold=not is_owner and rao < params.stake_threshold,
        is_owner=is_owner,
        permit_before=is_owner or bool(subnet.validator_permit[uid]),
        permit_after=bool(outcome.validator_permit[uid]),
        places=params.max_allowed_validators,
        last_place_raw=min(places, default=None),
        active=bool(outcome.active[uid]),
        age=subnet.current_block - int(subnet.last_update[uid]),
        activity_cutoff=params.activity_cutoff,
        active_share_raw=int(outcome.raw.active_stake[uid]),
    )


def _why_masked(outcome: Outcome, validator: int, miner: int) -> str | None:
    """Which condition of the mask a stored weight fails, in words; the mask itself is a stage."""
    subnet = outcome.subnet
    is_owner = validator == subnet.owner_uid
    if not (is_owner or subnet.validator_permit[validator]):
        return f"uid {validator} had no permit"
    if miner >= outcome.n:
        return f"there is no uid {miner}"
    if miner == validator and not is_owner:
        return "a weight for itself counts only from the owner"
    registered = int(subnet.block_at_registration[miner])
    updated = int(subnet.last_update[validator])
    if updated <= registered:
        return f"set in block {updated}, not after uid {miner} registered in {registered}"
    if outcome.params.commit_reveal and subnet.commit_block is not None:
        committed = int(subnet.commit_block[validator])
        if committed < registered:
            return f"committed in block {committed}, before uid {miner} registered in {registered}"
    return None


def _validator(outcome: Outcome, uid: int, weights: Rows, clipped: Rows) -> ValidatorFacts:
    raw = outcome.raw
    agreed = raw.consensus.tolist()
    stored = [part.tolist() for part in outcome.subnet.weights.row(uid)]
    # W keeps the order of what counts, and K the order of what consensus leaves of W.
    kept, left = _entries(weights, uid), _entries(clipped, uid)
    facts = []
    for miner, value in zip(*stored, strict=True):
        masked = _why_masked(outcome, uid, miner)
        weight = remains = 0
        if masked is None:
            _, weight = kept.pop(0)
            if left and left[0][0] == miner and left[0][1] == min(weight, agreed[miner]):
                _, remains = left.pop(0)
        facts.append(
            WeightFacts(
                miner=miner,
                stored=value,
                masked=masked,
                weight_raw=weight,
                consensus_raw=agreed[miner] if miner < outcome.n else 0,
                clipped_raw=remains,
                lost_raw=weight - remains,
            )
        )
    return ValidatorFacts(
        weights=tuple(facts),
        trust_raw=int(raw.validator_trust[uid]),
        trust=int(outcome.validator_trust[uid]),
        bonds=_bonds(outcome, uid),
        dividends_raw=int(raw.dividends[uid]),
        dividends=int(outcome.dividends[uid]),
        rao=int(outcome.validator_emission[uid]),
    )


def _entries(rows: Rows, uid: int) -> list[tuple[int, int]]:
    columns, values = rows.row(uid)
    return list(zip(columns.tolist(), values.tolist(), strict=True))


def _bonds(outcome: Outcome, uid: int) -> tuple[BondFacts, ...]:
    bonds = outcome.raw.ema_bonds
    stored = dict(_entries(outcome.bonds, uid))
    sums: dict[int, int] = {}
    for column, value in zip(bonds.columns.tolist(), bonds.values.tolist(), strict=True):
        sums[column] = sums.get(column, 0) + value
    return tuple(
        BondFacts(
            miner=miner,
            stored=stored.get(miner),
            bond_raw=bond,
            all_bonds_raw=sums[miner],
            incentive=int(outcome.incentive[miner]),
        )
        for miner, bond in _entries(bonds, uid)
    )


def _miner(outcome: Outcome, uid: int, weights: Rows, clipped: Rows) -> MinerFacts:
    raw = outcome.raw
    shares = raw.active_stake.tolist()
    votes, masked = [], []
    for validator, share in enumerate(shares):
        if uid in outcome.subnet.weights.row(validator)[0]:
            why = _why_masked(outcome, validator, uid)
            if why is not None:
                masked.append((validator, why))
        if share <= 0:
            continue
        # Of a repeated miner the last entry is the vote (§3.F).
        weight = dict(_entries(weights, validator)).get(uid, 0)
        remains = dict(_entries(clipped, validator)).get(uid, 0)
        votes.append(
            VoteFacts(
                validator=validator,
                active_share_raw=share,
                weight_raw=weight,
                clipped_raw=remains,
                lost_raw=weight - remains,
            )
        )
    agreed = int(raw.consensus[uid])
    return MinerFacts(
        votes=tuple(votes),
        masked=tuple(masked),
        kappa=outcome.params.kappa,
        consensus_raw=agreed,
        consensus=int(outcome.consensus[uid]),
        backing_raw=sum(vote.active_share_raw for vote in votes if vote.weight_raw >= agreed),
        incentive_raw=int(raw.incentive[uid]),
        incentive=int(outcome.incentive[uid]),
        rao=int(outcome.server_emission[uid]),
    )


def _percent(part: int, whole: int = _ONE) -> str:
    """A share in percent with two digits, rounded down; only ever text."""
    hundredths = part * 10_000 // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02} %"


def _u16(share: int) -> str:
    return f"{share}/{_U16} ({_percent(share, _U16)})"


def _amount(rao: int) -> str:
    return f"{rao // 10**9}.{rao % 10**9:09}"


def _text(told: Explanation) -> list[str]:
    lines = [f"uid {told.uid} at block {told.block} ({told.rules})", *_stake_text(told)]
    if told.validator.weights or told.validator.bonds:
        lines += ["", *_validator_text(told)]
    if not told.stake.active_share_raw or told.miner.rao or told.miner.consensus_raw:
        lines += ["", *_miner_text(told)]
    lines += ["", f"paid in all {_amount(told.rao)} of {_amount(told.rao_emission)}"]
    if told.paid_by_stake:
        lines.append("nobody earned anything: all of it goes to validators by their stake")
    return lines


def _stake_text(told: Explanation) -> list[str]:
    stake = told.stake
    lines = [
        f"stake     {_amount(stake.rao)}, {_percent(stake.share_raw)} of the subnet, "
        f"place {stake.rank}" + (", below the threshold: counts as 0" * stake.below_threshold)
    ]
    before = "had a permit" if stake.permit_before else "had no permit"
    if stake.permit_after and stake.is_owner:
        after = "keeps one as the owner" if stake.permit_before else "gets one as the owner"
    elif stake.permit_after:
        after = f"has one from now on (the {stake.places} largest do)"
    elif not stake.share_raw:
        after = "gets none: no stake that counts"
    else:
        least = _percent(stake.last_place_raw or 0)
        after = f"gets none: {stake.places} places, the smallest share with one is {least}"
    lines.append(f"permit    {before}, {after}")
    reach = "within" if stake.active else "beyond"
    kind = "active" if stake.active else "inactive"
    lines.append(
        f"activity  {kind}: last update {stake.age} blocks ago, {reach} {stake.activity_cutoff}"
    )
    if stake.active_share_raw:
        lines.append(f"vote      {_percent(stake.active_share_raw)} of the active stake")
    elif not stake.permit_before:
        lines.append("vote      none: no permit before this epoch")
    elif not stake.active:
        lines.append("vote      none: inactive")
    else:
        lines.append("vote      none: no stake that counts")
    return lines


def _validator_text(told: Explanation) -> list[str]:
    facts = told.validator
    masked = [one for one in facts.weights if one.masked is not None]
    counted = [one for one in facts.weights if one.masked is None]
    cut = sorted((one for one in counted if one.lost_raw), key=lambda one: -one.lost_raw)
    lines = [
        f"as a validator: {len(facts.weights)} weights, {len(masked)} masked, "
        f"{len(cut)} of the other {len(counted)} clipped"
    ]
    reasons: dict[str, list[int]] = {}
    for one in masked:
        reasons.setdefault(str(one.masked), []).append(one.miner)
    for reason, miners in list(reasons.items())[:_LISTED]:
        lines.append(f"  masked  for {_uids(miners)}: {reason}")
    lines += _more(len(reasons))
    if cut:
        rows: list[tuple[str, ...]] = [("for uid", "weight", "consensus", "left", "lost")]
        rows += [
            (
                str(one.miner),
                _percent(one.weight_raw),
                _percent(one.consensus_raw),
                _percent(one.clipped_raw),
                _percent(one.lost_raw),
            )
            for one in cut[:_LISTED]
        ]
        lines += [*_columns(rows), *_more(len(cut))]
    lines.append(f"  trust      {_u16(facts.trust)}: what consensus left of its weights")
    if facts.bonds:
        largest = sorted(facts.bonds, key=lambda one: (-one.incentive, one.miner))
        rows = [("bond to", "bond", "of all bonds", "incentive")]
        rows += [
            (
                str(one.miner),
                "not stored" if one.stored is None else str(one.stored),
                _percent(one.bond_raw, one.all_bonds_raw),
                _percent(one.incentive, _U16),
            )
            for one in largest[:_LISTED]
        ]
        lines += [*_columns(rows), *_more(len(largest))]
    else:
        lines.append("  no bonds")
    lines.append(f"  dividends  {_u16(facts.dividends)} of all, paid {_amount(facts.rao)}")
    return lines


def _miner_text(told: Explanation) -> list[str]:
    facts = told.miner
    for_it = [one for one in facts.votes if one.weight_raw]
    lines = [f"as a miner: {len(for_it)} of {len(facts.votes)} votes give it weight"]
    if for_it:
        order = sorted(for_it, key=lambda one: (-one.active_share_raw, one.validator))
        rows = [("vote of", "stake", "weight", "left", "lost")]
        rows += [
            (
                str(one.validator),
                _percent(one.active_share_raw),
                _percent(one.weight_raw),
                _percent(one.clipped_raw),
                _percent(one.lost_raw),
            )
            for one in order[:_LISTED]
        ]
        lines += [*_columns(rows), *_more(len(order))]
    for validator, reason in facts.masked[:_LISTED]:
        lines.append(f"  masked  of uid {validator}: {reason}")
    lines += _more(len(facts.masked))
    majority = f"(kappa {_percent(facts.kappa, _U16)})"
    if facts.consensus_raw:
        backing = f"{_percent(facts.backing_raw)} of the active stake gives it that or more"
    else:
        backing = "no majority gives it anything"
    lines.append(f"  consensus  {_u16(facts.consensus)}: {backing} {majority}")
    losers = [one.validator for one in facts.votes if one.lost_raw]
    lines.append(f"  clipped    {_uids(losers) if losers else 'nobody'}")
    lines.append(f"  incentive  {_u16(facts.incentive)} of all, paid {_amount(facts.rao)}")
    return lines


def _uids(uids: Sequence[int]) -> str:
    shown = ", ".join(map(str, uids[:_LISTED]))
    more = f" and {len(uids) - _LISTED} more" if len(uids) > _LISTED else ""
    return f"uid{'s' if len(uids) != 1 else ''} {shown}{more}"


def _more(count: int) -> list[str]:
    return [f"  … and {count - _LISTED} more"] if count > _LISTED else []


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
