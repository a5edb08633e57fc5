"""From a drained subnet to everybody's credits (``distribution.md``).

Hotkeys may be any values that hash and sort, all of one kind, in the order of their 32 bytes: the
bytes themselves, or numbers. Coldkeys may be any values that hash; :data:`ZERO_ACCOUNT` is the
account that owns whatever nobody owns.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._accounts import ZERO_ACCOUNT, Accounts, Coldkeys, attribute, listed
from ._emission import Pending
from ._rules import NEWEST
from ._schedule import EpochMode
from ._submission import TAO_WEIGHT
from .errors import refusal

DEFAULT_TAKE: int = _libyuma.DEFAULT_TAKE
"""The delegate take of a hotkey that never set one, of 65535."""

Account: TypeAlias = Any
Edge: TypeAlias = tuple[Account, Account, int]
"""Parent, child, proportion of 2^64 − 1. A child's parents count in the order given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What all stakers together hold under one hotkey, in rao."""

    alpha: int = 0
    """Stake on the subnet, of its alpha."""
    root: int = 0
    """Stake on root, of TAO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotkey:
    """One hotkey of a subnet: its stake, and what the distribution knows about it."""

    alpha: int = 0
    """Stake on the subnet, in rao of its alpha."""
    root: int = 0
    """Stake on root, in rao of TAO."""
    owner: Account = ZERO_ACCOUNT
    """Its coldkey."""
    take: int = DEFAULT_TAKE
    """The part of dividends the owner takes, of 65535."""
    childkey_take: int = 0
    """The part it takes of its parents' dividends, of 65535; two minima apply on reading."""
    uid: int | None = None
    """Its uid on the subnet."""
    registered_at: int = 0
    """The block in which that uid was registered."""
    on_root: bool = False
    """Whether it has a uid on root (475)."""
    has_members: bool = False
    """Whether anybody has a share in the stake under it (475)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildkeyTerms:
    """The chain's and the subnet's terms for child keys."""

    tao_weight: int = TAO_WEIGHT
    """What a rao of TAO on root counts against one of alpha, of 2^64 − 1."""
    burn: int = 0
    """The part of a parent's dividend that is recycled, of 2^64 − 1."""
    min_take: int = 0
    """The chain's least childkey take, of 65535."""
    min_take_subnet: int = 0
    """The subnet's least childkey take, of 65535."""


class _Tables:
    """The hotkeys of a call in core's order, and the call's arguments that depend on them."""

    def __init__(
        self,
        hotkeys: Mapping[Account, Hotkey],
        edges: Sequence[Edge],
        suspended: Collection[Account],
        owner_hotkey: Account | None,
        rules: str,
        named: Sequence[Account] = (),
    ) -> None:
        hotkeys = _mapping("hotkeys", hotkeys)
        triples = [_edge(index, edge) for index, edge in enumerate(listed("edges", edges))]
        hidden = listed("suspended", suspended)
        ends = (end for edge in triples for end in edge[:2])
        owner = () if owner_hotkey is None else (owner_hotkey,)
        self.accounts = Accounts("hotkeys", [*hotkeys, *ends, *hidden, *owner, *named])
        self.coldkeys = Coldkeys()
        table = [hotkeys.get(account, _STRANGER) for account in self.accounts]
        hidden_places = {self.accounts.place(account) for account in hidden}
        self.call: dict[str, Any] = {
            "rules": rules,
            "hotkeys": table,
            "owners": [self.coldkeys.place(attribute("hotkeys", row, "owner")) for row in table],
            "edges": self._edges(triples),
            "suspended": [place in hidden_places for place in range(len(self.accounts))],
            "owner_hotkey": None if owner_hotkey is None else self.accounts.place(owner_hotkey),
        }

    def _edges(self, triples: list[Edge]) -> tuple[list[int], list[int], list[Any]]:
        by_child: list[list[tuple[int, Any]]] = [[] for _ in self.accounts]
        for parent, child, proportion in triples:
            by_child[self.accounts.place(child)].append((self.accounts.place(parent), proportion))
        offsets = [0]
        for parents in by_child:
            offsets.append(offsets[-1] + len(parents))
        flat = [entry for parents in by_child for entry in parents]
        return offsets, [parent for parent, _ in flat], [proportion for _, proportion in flat]

    def by_hotkey(self, values: Sequence[Any]) -> dict[Account, Any]:
        return dict(zip(self.accounts, values, strict=True))


_STRANGER = Hotkey()


def _edge(index: int, edge: Any) -> Edge:
    try:
        parent, child, proportion = edge
    except (TypeError, ValueError):
        message = f"edges[{index}] must be (parent, child, proportion)"
        raise refusal("type", "edges", index, None, message) from None
    return parent, child, proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeWeights:
    """The stakes of all uids as the epoch weighs them, raw I64F64 (§3.2)."""

    alpha_raw: list[int]
    """Inherited stake on the subnet, rao of alpha; saturates at 2^63 rao."""
    tao_raw: list[int]
    """Inherited stake on root, rao of TAO; saturates at 2^63 rao."""
    total_raw: list[int]
    """Both together, the stake on root times the TAO weight: the ``stake`` of a :class:`Subnet`."""

    @property
    def stake(self) -> npt.NDArray[np.uint64]:
        """``total_raw`` as an (n, 2) array, low and high 64 bits."""
        return _libyuma.stake_halves(self.total_raw)


def stake_weights(
    uids: Sequence[Account | None],
    hotkeys: Mapping[Account, Hotkey | Stake],
    edges: Sequence[Edge] = (),
    *,
    tao_weight: int = TAO_WEIGHT,
    suspended: Collection[Account] = (),
    owner_hotkey: Account | None = None,
    rules: str = NEWEST,
) -> StakeWeights:
    """The stake weight of every uid (§3.2).

    ``uids``: the hotkey of each, ``None`` weighs nothing; ``hotkeys``: what is staked to whom;
    ``edges``: who delegates to whom; ``suspended``: hotkeys whose edges to children are hidden,
    except the subnet owner's ``owner_hotkey`` (475 §3.0).

    >>> import libyuma
    >>> hotkeys = {b"a": libyuma.Stake(alpha=100, root=50), b"b": libyuma.Stake(alpha=7)}
    >>> weights = libyuma.stake_weights([b"b", None], hotkeys, [(b"a", b"b", 2**64 - 1)])
    >>> [bits >> 64 for bits in weights.alpha_raw], [bits >> 64 for bits in weights.tao_raw]
    ([107, 0], [50, 0])
    """
    uids = listed("uids", uids)
    named = [account for account in uids if account is not None]
    tables = _Tables(_described(hotkeys), edges, suspended, owner_hotkey, rules, named)
    places = [None if account is None else tables.accounts.place(account) for account in uids]
    call = {**tables.call, "uids": places, "tao_weight": tao_weight}
    weights = _libyuma.stake_weights(call)
    alpha, tao, total = ([weight[part] for weight in weights] for part in range(3))
    return StakeWeights(alpha_raw=alpha, tao_raw=tao, total_raw=total)


def _described(hotkeys: Any) -> Any:
    if not isinstance(hotkeys, Mapping):
        return hotkeys
    return {
        account: Hotkey(alpha=stake.alpha, root=stake.root) if isinstance(stake, Stake) else stake
        for account, stake in hotkeys.items()
    }


def inherited_stake(
    hotkey: Account,
    hotkeys: Mapping[Account, Hotkey | Stake],
    edges: Sequence[Edge] = (),
    *,
    suspended: Collection[Account] = (),
    owner_hotkey: Account | None = None,
    rules: str = NEWEST,
) -> Stake:
    """What counts as a hotkey's stake: what it keeps of its own, and what its parents give (§3.1).

    Not for the root network itself, where alpha is not inherited.

    >>> import libyuma
    >>> hotkeys = {b"a": libyuma.Stake(alpha=100, root=50), b"b": libyuma.Stake(alpha=7, root=3)}
    >>> libyuma.inherited_stake(b"b", hotkeys, [(b"a", b"b", 2**64 - 1)])
    Stake(alpha=107, root=53)
    """
    tables = _Tables(_described(hotkeys), edges, suspended, owner_hotkey, rules, [hotkey])
    alpha, root = _libyuma.inherited_stake({**tables.call, "hotkey": tables.accounts.place(hotkey)})
    return Stake(alpha=alpha, root=root)


def effective_childkey_take(childkey_take: int, min_take: int = 0, min_take_subnet: int = 0) -> int:
    """The childkey take in force: the hotkey's own, but at least both minima; all of 65535 (§4.1).

    >>> import libyuma
    >>> libyuma.effective_childkey_take(5, 7, 3)
    7
    """
    return _libyuma.effective_childkey_take(childkey_take, min_take, min_take_subnet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """What one hotkey receives of a validator's dividend."""

    hotkey: Account
    """A parent, or the validator itself."""
    amount: int
    """Rao of alpha."""
    recycled: int
    """Rao of alpha that are recycled on the way to this parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DividendSplit:
    """How a validator's dividend was split (§4)."""

    effective_take: int
    """The take that was applied, of 65535."""
    self_contribution: int
    """The validator's own contribution to its stake, in rao."""
    payouts: list[Payout]
    """Parents in stored order, last the validator itself; also zero amounts."""


def split_dividend(
    hotkey: Account,
    dividend: int,
    hotkeys: Mapping[Account, Hotkey],
    edges: Sequence[Edge] = (),
    *,
    terms: ChildkeyTerms | None = None,
    suspended: Collection[Account] = (),
    owner_hotkey: Account | None = None,
    rules: str = NEWEST,
) -> DividendSplit:
    """Splits the ``dividend`` (rao of alpha) of a validator between its parents and itself (§4).

    >>> import libyuma
    >>> hotkeys = {1: libyuma.Hotkey(alpha=300, owner="x"), 2: libyuma.Hotkey(alpha=100, owner="y")}
    >>> terms = libyuma.ChildkeyTerms(min_take=6554)
    >>> split = libyuma.split_dividend(2, 1000, hotkeys, [(1, 2, 2**64 - 1)], terms=terms)
    >>> [(payout.hotkey, payout.amount) for payout in split.payouts]
    [(1, 674), (2, 325)]
    """
    tables = _Tables(hotkeys, edges, suspended, owner_hotkey, rules, [hotkey])
    take, own, payouts = _libyuma.split_dividend(
        {
            **tables.call,
            **_terms(terms),
            "validator": tables.accounts.place(hotkey),
            "dividend": dividend,
        }
    )
    accounts = tables.accounts
    return DividendSplit(
        effective_take=take,
        self_contribution=own,
        payouts=[
            Payout(hotkey=accounts[place], amount=amount, recycled=recycled)
            for place, amount, recycled in payouts
        ],
    )


def _terms(terms: ChildkeyTerms | None) -> dict[str, Any]:
    terms = ChildkeyTerms() if terms is None else terms
    names = [part.name for part in dataclasses.fields(ChildkeyTerms)]
    return {name: attribute("terms", terms, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class DividendRow:
    """One hotkey's dividend and its stake (§5)."""

    dividend_raw: int
    """In any unit, raw U96F32: only its relation to the others counts."""
    stake: Stake | None
    """A hotkey without a stake row receives nothing and counts nowhere."""
    on_root: bool = False
    """Whether it has a uid on root (475)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DividendParts:
    """Rao of alpha with their fractions, raw U96F32, by what earned them."""

    alpha_raw: int
    """Stake on the subnet."""
    root_raw: int
    """Stake on root."""


def dividend_distribution(
    rows: Sequence[DividendRow],
    *,
    pending_alpha: int,
    pending_root: int,
    tao_weight: int = TAO_WEIGHT,
    rules: str = NEWEST,
) -> list[DividendParts | None]:
    """Shares the pending amounts, rao of alpha, by dividends and stakes (§5).

    ``None`` for a row without stake. ``rows`` ascending by hotkey, for sums saturate in that order.

    >>> import libyuma
    >>> row = lambda dividend, alpha: libyuma.DividendRow(
    ...     dividend_raw=dividend << 32, stake=libyuma.Stake(alpha=alpha, root=100), on_root=True)
    >>> parts = libyuma.dividend_distribution(
    ...     [row(10, 0), row(20, 100)], pending_alpha=1000, pending_root=60, tao_weight=2**64 - 1)
    >>> [(part.alpha_raw >> 32, part.root_raw >> 32) for part in parts]
    [(0, 30), (1000, 30)]
    """
    amounts = _libyuma.dividend_distribution(rules, pending_alpha, pending_root, tao_weight, rows)
    return [
        None if amount is None else DividendParts(alpha_raw=amount[0], root_raw=amount[1])
        for amount in amounts
    ]


def root_claimable_update(root_stake: int, amount: int, rate_raw: int | None = None) -> int | None:
    """A hotkey's new claimable rate, raw I96F32 alpha per rao of TAO (§6, before 475).

    ``amount`` rao of alpha over ``root_stake`` rao of TAO; ``rate_raw`` ``None``: never set.
    Returns ``None`` where the amount is staked to the owner instead.

    >>> import libyuma
    >>> libyuma.root_claimable_update(8, 4, 1 << 31) == 1 << 32, libyuma.root_claimable_update(8, 9)
    (True, None)
    """
    return _libyuma.root_claimable_update(root_stake, amount, rate_raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collateral:
    """What a coldkey keeps locked under a hotkey, in rao of alpha (475 §2)."""

    locked: int
    """Locked at present."""
    min_locked: int
    """What must stay locked."""
    earned: int
    """Earned since the entry was made."""
    drain_ratio_raw: int
    """How much of what is locked beyond the minimum every rao earned sets free, raw U64F64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochShare:
    """One row of the epoch's result, in rao of alpha; a hotkey may have several."""

    hotkey: Account
    incentive: int = 0
    """As a miner."""
    dividend: int = 0
    """As a validator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainedSubnet:
    """A subnet at the moment its pending emission is drained."""

    hotkeys: Mapping[Account, Hotkey]
    """Its hotkeys, with the stakes before any credit. Strangers have the default."""
    drained: Pending
    """The amounts to distribute."""
    epoch: Sequence[EpochShare]
    """What the epoch gave to whom."""
    edges: Sequence[Edge] = ()
    """Who delegates to whom."""
    epoch_mode: EpochMode = "yuma"
    """How that epoch was computed (475)."""
    terms: ChildkeyTerms = field(default_factory=ChildkeyTerms)
    """The terms for child keys, and the TAO weight."""
    owner_coldkey: Account | None = None
    """The subnet's owner; ``None``: nobody."""
    owner_hotkey: Account | None = None
    """The hotkey that receives the owner's cut."""
    lease_share: int | None = None
    """The part of the owner's cut that a running lease gives away, in percent (475)."""
    recycle_or_burn: Literal["recycle", "burn"] = "burn"
    """What becomes of the incentives of the owner's hotkeys."""
    auto_stake: Mapping[Account, Account] = field(default_factory=dict)
    """By coldkey, the hotkey to which its incentives are staked."""
    suspended: Collection[Account] = ()
    """Hotkeys whose edges to children are hidden (475)."""
    collateral: Mapping[Account, Collateral] = field(default_factory=dict)
    """By hotkey, the collateral of its present owner (475)."""
    basket_pending: Mapping[Account, int] = field(default_factory=dict)
    """By hotkey, what waits for its basket, in rao of alpha (475)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Stake under a hotkey that is raised."""

    hotkey: Account
    """Where the stake is."""
    coldkey: Account | None
    """Whose it is; ``None``: all stakers' of the hotkey, in proportion."""
    amount: int
    """Rao of alpha, never 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeyDividends:
    """What a distribution gave one hotkey as a validator or as a validator's parent."""

    payouts_raw: int
    """All payouts of §7.2 in rao, raw U96F32."""
    alpha_raw: int
    """Its amount of the pending alpha (§7.3) in rao, raw U96F32."""
    root_raw: int
    """Its amount of root's pending alpha (§7.3) in rao, raw U96F32."""
    alpha_paid: int | None
    """What its nominators received of the pending alpha, in rao; ``None``: no entry."""
    root_paid: int | None
    """What its root stakers received of root's pending alpha, in rao; ``None``: no entry."""
    root_claimable_increment_raw: int | None
    """What its claimable rate rises by, raw I96F32 (before 475)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeyOutcome:
    """What a distribution did to one hotkey, in rao of alpha."""

    incentive: int | None
    """Its incentives; ``None`` if the epoch's result does not name it."""
    dividends: HotkeyDividends | None
    """Its dividends; ``None`` if neither it nor a child of it is in the epoch's result."""
    total_alpha: int
    """All stake under it afterwards."""
    has_members: bool
    """Whether anybody has a share in that stake afterwards."""
    collateral: Collateral | None
    """Its owner's collateral afterwards (475)."""
    basket_pending: int
    """What waits for its basket afterwards (475)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What came of a distribution, in rao of alpha (§7).

    The four drained amounts together are the sum of all credits, ``withheld``, ``claimable``,
    ``queued``, ``recycled_root`` and ``unassigned``.
    """

    epoch_emission: int
    """What the epoch divides: all but the owner cut."""
    incentive_sum: int
    """All incentives of the epoch's result."""
    validator_alpha: int
    """What the validators share; without incentives also the miners' part."""
    owner_cut_kept: int
    """What of the owner cut can be locked for the owner (475)."""
    withheld: int
    """Incentives of the owner's hotkeys, recycled or burned."""
    miner_burned_raw: int
    """``withheld`` as a share of all incentives, raw U96F32."""
    recycled: int
    """What left the outstanding alpha."""
    recycled_root: int
    """Root's pending alpha where nobody could be given a rao of it (475)."""
    burned: int
    """Incentives that stay outstanding in nobody's hands."""
    claimable: int
    """What root stakers can claim from now on (before 475)."""
    queued: int
    """What was added to the queues of baskets (475)."""
    unassigned: int
    """What reached nobody; negative if the epoch's result gives out more than was drained."""
    alpha_out_supply_delta: int
    """What the subnet's outstanding alpha changes by; it stops at 0."""
    credits: list[Credit]
    """In the order in which they happen."""
    owner_hotkeys: list[Account]
    """The hotkeys whose incentives were withheld; from 475 on their order has no meaning."""
    outcomes: dict[Account, HotkeyOutcome]
    """What it did to every hotkey that is named anywhere, ascending."""


def distribute(subnet: DrainedSubnet, *, rules: str = NEWEST) -> Distribution:
    """Distributes what was drained from a subnet (§7).

    Raises :class:`YumaError` with code ``range`` for a ``lease_share`` above 100.

    >>> import libyuma
    >>> done = libyuma.distribute(libyuma.DrainedSubnet(
    ...     hotkeys={0: libyuma.Hotkey(owner="m"),
    ...              1: libyuma.Hotkey(alpha=1_000_000, owner="v", has_members=True)},
    ...     drained=libyuma.Pending(server=410, validator=410, owner_cut=180),
    ...     epoch=[libyuma.EpochShare(hotkey=0, incentive=410),
    ...            libyuma.EpochShare(hotkey=1, dividend=410)],
    ... ))
    >>> [(credit.hotkey, credit.coldkey, credit.amount) for credit in done.credits]
    [(0, 'm', 410), (1, 'v', 73), (1, None, 336)]
    >>> done.outcomes[1].total_alpha, done.unassigned
    (1000409, 181)
    """
    shares = listed("epoch", attribute("subnet", subnet, "epoch"))
    by_coldkey = _mapping("auto_stake", subnet.auto_stake)
    collateral = _mapping("collateral", subnet.collateral)
    waiting = _mapping("basket_pending", subnet.basket_pending)
    named = [attribute("epoch", share, "hotkey") for share in shares]
    named = [*named, *by_coldkey.values(), *collateral, *waiting]
    tables = _Tables(
        subnet.hotkeys, subnet.edges, subnet.suspended, subnet.owner_hotkey, rules, named
    )
    accounts, coldkeys = tables.accounts, tables.coldkeys
    owner = subnet.owner_coldkey
    owner_place = None if owner is None else coldkeys.place(owner)
    chosen = {coldkeys.place(coldkey): accounts.place(to) for coldkey, to in by_coldkey.items()}
    sums, outcomes, credits, withheld = _libyuma.distribute(
        {
            **tables.call,
            **_terms(subnet.terms),
            "drained": subnet.drained,
            "epoch": [
                {
                    "hotkey": accounts.place(share.hotkey),
                    "incentive": share.incentive,
                    "dividend": share.dividend,
                }
                for share in shares
            ],
            "epoch_mode": subnet.epoch_mode,
            "owner_coldkey": owner_place,
            "lease_share": subnet.lease_share,
            "recycle_or_burn": subnet.recycle_or_burn,
            "auto_stake": [chosen.get(place) for place in range(len(coldkeys))],
            "collateral": [collateral.get(account) for account in accounts],
            "basket_pending": [waiting.get(account, 0) for account in accounts],
        }
    )
    named_coldkeys = coldkeys.accounts()
    return Distribution(
        **sums,
        credits=[
            Credit(
                hotkey=accounts[hotkey],
                coldkey=None if coldkey is None else named_coldkeys[coldkey],
                amount=amount,
            )
            for hotkey, coldkey, amount in credits
        ],
        owner_hotkeys=[accounts[place] for place in withheld],
        outcomes=tables.by_hotkey([_outcome(outcome) for outcome in outcomes]),
    )


def _mapping(name: str, value: Any) -> Mapping[Account, Any]:
    if not isinstance(value, Mapping):
        message = f"{name} must be a mapping, not {type(value).__name__}"
        raise refusal("type", name, None, None, message)
    return value


def _outcome(outcome: dict[str, Any]) -> HotkeyOutcome:
    dividends, collateral = outcome["dividends"], outcome["collateral"]
    outcome["dividends"] = None if dividends is None else HotkeyDividends(**dividends)
    outcome["collateral"] = None if collateral is None else Collateral(**collateral)
    return HotkeyOutcome(**outcome)
