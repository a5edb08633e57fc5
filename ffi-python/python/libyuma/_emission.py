"""From issuance to what waits for the epoch: a block's emission (``emission.md``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from . import _libyuma
from ._rules import NEWEST
from ._schedule import ScheduleState, Verdict
from ._submission import TAO_WEIGHT

CAP: int = _libyuma.CAP
"""The limit of the issuance of TAO and of every subnet's alpha, in rao: 21 million coins (§2)."""
BLOCKS_PER_DAY: int = _libyuma.BLOCKS_PER_DAY
"""Blocks of a day, at 12 seconds each."""


def block_emission(issuance: int) -> int:
    """The reward per block in rao, at an ``issuance`` in rao: of TAO, or of a subnet's alpha (§3).

    >>> import libyuma
    >>> libyuma.block_emission(10_500_000_000_000_000)
    500000000
    """
    return _libyuma.block_emission(issuance)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockEmissionSteps:
    """The chain's intermediate values of a block's emission, raw I96F32 (§3)."""

    ratio_raw: int
    """Issuance ÷ cap."""
    inverse_raw: int
    """1 ÷ (1 − ratio)."""
    log2_raw: int
    """The binary logarithm of the inverse; its integer part is the number of halvings."""


def block_emission_steps(issuance: int) -> BlockEmissionSteps | None:
    """The chain's own way to :func:`block_emission`, for audits; ``None`` from :data:`CAP` on (§3).

    >>> import libyuma
    >>> libyuma.block_emission_steps(15_750_000_000_000_000).log2_raw >> 32
    2
    """
    steps = _libyuma.block_emission_steps(issuance)
    return None if steps is None else BlockEmissionSteps(**steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Halving:
    """One step of the reward (§3, table)."""

    number: int
    """How many halvings there have been from here on."""
    threshold: int
    """The issuance in rao at which this reward begins."""
    reward: int
    """The reward per block in rao."""


def halvings() -> tuple[Halving, ...]:
    """All steps of the reward, from the first to the one at which it is 0 (§3, table).

    >>> import libyuma
    >>> libyuma.halvings()[-1]
    Halving(number=30, threshold=20999999980442226, reward=0)
    """
    return tuple(Halving(**step) for step in _libyuma.halvings())


@dataclass(frozen=True, slots=True, kw_only=True)
class NextHalving:
    """The halving ahead of an issuance (§3)."""

    threshold: int
    """The issuance in rao at which the reward changes."""
    reward: int
    """The reward per block in rao until then."""
    reward_after: int
    """The reward per block in rao from then on."""
    blocks: int
    """How many blocks still get the present reward if none of it is recycled."""


def next_halving(issuance: int) -> NextHalving | None:
    """The halving ahead of ``issuance`` in rao; ``None`` when the reward is 0 already (§3).

    >>> import libyuma
    >>> libyuma.next_halving(10_499_999_000_000_001).blocks
    1
    """
    following = _libyuma.next_halving(issuance)
    return None if following is None else NextHalving(**following)


def emission_over(issuance: int, blocks: int) -> int:
    """What the next ``blocks`` blocks mint from ``issuance`` on, rao, with nothing recycled (§3).

    >>> import libyuma
    >>> libyuma.emission_over(10_499_999_000_000_001, 3)
    2000000000
    """
    return _libyuma.emission_over(issuance, blocks)


def daily_emission(issuance: int) -> int:
    """What a day of 7 200 blocks mints from ``issuance`` on, in rao, if nothing is recycled (§3).

    >>> import libyuma
    >>> libyuma.daily_emission(10_500_000_000_000_000)
    3600000000000
    """
    return _libyuma.daily_emission(issuance)


def spot_price(mechanism: int, pool_price_raw: int) -> int:
    """The spot price, raw U64F64: the pool's for mechanism 1, exactly 1 for every other (§2).

    >>> import libyuma
    >>> libyuma.spot_price(0, 5) == 1 << 64
    True
    """
    return _libyuma.spot_price(mechanism, pool_price_raw)


def share_price(mechanism: int, moving_price_raw: int) -> int:
    """The price that counts for the shares, raw U64F64: exactly 1 for mechanism 0 (§2).

    For every other it is the moving price, given as raw I96F32.

    >>> import libyuma
    >>> libyuma.share_price(2, 1 << 31) == 1 << 63
    True
    """
    return _libyuma.share_price(mechanism, moving_price_raw)


def moving_price(
    *,
    mechanism: int,
    pool_price_raw: int,
    moving_price_raw: int,
    first_emission_block: int | None,
    block: int,
    halving_blocks: int = 201_600,
    moving_alpha_raw: int = 12_885,
) -> int:
    """The new moving price, raw I96F32: an average of the old one and the spot price (§4).

    ``pool_price_raw``: U64F64, ignored unless the mechanism is 1; ``moving_price_raw`` and
    ``moving_alpha_raw``: I96F32; ``first_emission_block``: ``None`` when not started.

    >>> import libyuma
    >>> libyuma.moving_price(
    ...     mechanism=1, pool_price_raw=3 << 64, moving_price_raw=1 << 30,
    ...     first_emission_block=1000, block=1199, halving_blocks=200, moving_alpha_raw=1 << 31,
    ... ) / 2**32
    0.4375
    """
    return _libyuma.moving_price(
        {
            "mechanism": mechanism,
            "pool_price_raw": pool_price_raw,
            "moving_price_raw": moving_price_raw,
            "first_emission_block": first_emission_block,
            "block": block,
            "halving_blocks": halving_blocks,
            "moving_alpha_raw": moving_alpha_raw,
        }
    )


def alpha_issuance(
    *,
    alpha_in_reserve: int,
    alpha_out_supply: int,
    alpha_reservoir: int = 0,
    rules: str = NEWEST,
) -> int:
    """A subnet's alpha issuance in rao: pool, outstanding, and from 475 on the reservoir (§7).

    >>> import libyuma
    >>> libyuma.alpha_issuance(alpha_in_reserve=10, alpha_out_supply=20, alpha_reservoir=3)
    33
    """
    return _libyuma.alpha_issuance(rules, alpha_in_reserve, alpha_out_supply, alpha_reservoir)


def root_proportion(*, root_tao: int, alpha_issuance: int, tao_weight: int = TAO_WEIGHT) -> int:
    """Root's part of a subnet with this alpha issuance, raw U96F32 (§7).

    ``root_tao``, ``alpha_issuance``: rao; ``tao_weight``: of 2^64 − 1.

    >>> import libyuma
    >>> whole = 2**64 - 1
    >>> libyuma.root_proportion(root_tao=1, alpha_issuance=3, tao_weight=whole) / 2**32
    0.25
    """
    return _libyuma.root_proportion(root_tao, tao_weight, alpha_issuance)


def root_sell_flag(prices_raw: Sequence[int]) -> bool:
    """Whether root's alpha may be sold: the prices, raw U64F64, sum to more than 1 (§5.5).

    The prices of the eligible subnets: :func:`share_price`.

    >>> import libyuma
    >>> libyuma.root_sell_flag([1 << 63, 1 << 63]), libyuma.root_sell_flag([1 << 63, 3 << 62])
    (False, True)
    """
    return _libyuma.root_sell_flag(prices_raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmissionGate:
    """The gate's bar, and what it and the bar are made with (475 §2). ``_raw``: U64F64."""

    bar_raw: int = 0
    """The share that is halved; 0: never computed."""
    exponent_raw: int = 3 << 64
    """How steep the gate is."""
    bar_rank: int = 32
    """The bar is the share with this rank from the largest, uint16; 0: by the quantile."""
    bar_quantile_raw: int = 0x9C28_F5C2_8F5C_2800
    """The bar is the share at which the largest sum to this; read only for the rank 0."""


def emission_gate_bar(gate: EmissionGate, block: int, shares_raw: Sequence[int]) -> int:
    """The gate's bar after ``block``, raw U64F64 (475 §5.3).

    A new one in every 360th block, or where there is none yet, from all eligible subnets' shares
    (raw U64F64) in any order.

    >>> import libyuma
    >>> gate = libyuma.EmissionGate(bar_rank=3)
    >>> libyuma.emission_gate_bar(gate, 7200, [1 << 61, 1 << 63, 1 << 61, 1 << 62]) == 1 << 61
    True
    """
    return _libyuma.emission_gate_bar(gate, block, shares_raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleSubnet:
    """A subnet that takes part in the sharing of a block's TAO (§5)."""

    moving_price_raw: int
    """Raw I96F32."""
    mechanism: int = 1
    """Its market, uint16: 1 has a pool with a price."""
    miner_burned_raw: int = 0
    """The part of the miners' emission that is withheld, raw U96F32; not limited to 1."""
    emission_enabled: bool = True
    """Whether it may receive TAO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetShares:
    """How a block's TAO is shared, step by step; lists in the order of the subnets (§5)."""

    price_shares_raw: list[int]
    """Each subnet's part of all prices, raw U64F64 (§5.1)."""
    shares_raw: list[int]
    """Its part after the burn weight, raw U64F64 (§5.2)."""
    gated_shares_raw: list[int]
    """Its part after the gate, raw U64F64 (475 §5.4)."""
    enabled_shares_raw: list[int]
    """Its part among the enabled subnets, raw U64F64 (§5.3; 5 from 475 on)."""
    tao_emission_raw: list[int]
    """Its TAO of this block in rao, raw U96F32 (§5.4; 6 from 475 on)."""
    root_sell_flag: bool
    """Whether root's alpha may be sold (§5.5; 7 from 475 on)."""
    gate: EmissionGate
    """The gate as it is stored afterwards."""


def subnet_shares(
    block: int,
    minted: int,
    subnets: Sequence[EligibleSubnet],
    *,
    gate: EmissionGate | None = None,
    rules: str = NEWEST,
) -> SubnetShares:
    """Shares the TAO that ``block`` minted, in rao, among the eligible subnets (§5).

    ``gate``: by default the chain's before a bar is computed; without meaning before 475.

    >>> import libyuma
    >>> quarter = libyuma.EligibleSubnet(moving_price_raw=1 << 30)
    >>> half = libyuma.EligibleSubnet(moving_price_raw=1 << 31, emission_enabled=False)
    >>> shared = libyuma.subnet_shares(7200, 10**9, [quarter, half, quarter])
    >>> [amount >> 32 for amount in shared.tao_emission_raw]
    [500000000, 0, 500000000]
    """
    gate = EmissionGate() if gate is None else gate
    shared, gate_after = _libyuma.subnet_shares(rules, block, minted, gate, subnets)
    return SubnetShares(**shared, gate=EmissionGate(**gate_after))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowParameters:
    """The parameters of the flow shares (§2)."""

    smoothing_factor: int = 29_597_889_189_277
    """The weight of a new flow in the average, of 2^63 − 1."""
    net_flow_enabled: bool = True
    """Whether the protocol's own flow is subtracted."""
    flow_cutoff_raw: int = 0
    """Flows up to here have no share, raw I64F64."""
    exponent_raw: int = 1 << 64
    """The power to which flows are raised, raw U64F64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One flow of TAO into a subnet, and its average."""

    since_update: int = 0
    """Rao since the last update, int64; negative: out of the subnet."""
    average_block: int | None = None
    """The block of the average's last update; ``None``: there is none yet."""
    average_raw: int | None = None
    """The average in rao per block, raw I64F64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetFlows:
    """The two flows of one subnet."""

    user: Flow = field(default_factory=Flow)
    """What users brought and took."""
    protocol: Flow = field(default_factory=Flow)
    """What the protocol brought and took."""


def flow_shares(
    block: int, subnets: Sequence[SubnetFlows], *, parameters: FlowParameters | None = None
) -> tuple[list[int], list[SubnetFlows]]:
    """Each subnet's share by its net flow, raw U64F64, and the flows afterwards (§6).

    **Dormant**: the chain keeps this code but does not run it.

    >>> import libyuma
    >>> inflow = libyuma.SubnetFlows(user=libyuma.Flow(since_update=10**9))
    >>> shares, after = libyuma.flow_shares(100, [inflow, libyuma.SubnetFlows()])
    >>> shares[0] > shares[1], after[0].user.since_update
    (True, 0)
    """
    parameters = FlowParameters() if parameters is None else parameters
    shares, flows = _libyuma.flow_shares(block, parameters, subnets)
    return shares, [
        SubnetFlows(user=Flow(**user), protocol=Flow(**protocol)) for user, protocol in flows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetTerms:
    """What one block means for one subnet, rao as raw U96F32 (§8)."""

    tao_emission_raw: int
    """The subnet's TAO of the block."""
    root_proportion_raw: int
    """Root's part of the subnet, which limits ``alpha_in_raw``."""
    alpha_out_raw: int
    """Alpha created for the participants: a whole number."""
    alpha_in_raw: int
    """Alpha injected into the pool."""
    tao_in_raw: int
    """TAO injected into the pool."""
    excess_tao_raw: int
    """TAO that buys alpha instead."""


def subnet_terms(
    *,
    tao_emission_raw: int,
    spot_price_raw: int,
    alpha_issuance: int,
    root_tao: int,
    tao_weight: int = TAO_WEIGHT,
) -> SubnetTerms:
    """What becomes of a TAO emission (raw U96F32) at a spot price (raw U64F64) (§8).

    ``alpha_issuance``: in rao, before the block; ``root_tao``: rao; ``tao_weight``: of 2^64 − 1.

    >>> import libyuma
    >>> terms = libyuma.subnet_terms(
    ...     tao_emission_raw=400_000_000 << 32, spot_price_raw=1 << 63,
    ...     alpha_issuance=3 * 10**15, root_tao=10**15, tao_weight=2**64 - 1,
    ... )
    >>> terms.alpha_in_raw >> 32, terms.tao_in_raw >> 32, terms.excess_tao_raw >> 32
    (250000000, 125000000, 275000000)
    """
    return SubnetTerms(
        **_libyuma.subnet_terms(
            tao_emission_raw, spot_price_raw, alpha_issuance, root_tao, tao_weight
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Alpha that waits for a subnet's epoch, by whom it is for, in rao (§2)."""

    server: int = 0
    """For the miners."""
    validator: int = 0
    """For the validators."""
    root: int = 0
    """For root's stakers."""
    owner_cut: int = 0
    """For the subnet's owner."""


def pending_split(
    *, alpha_out_raw: int, root_proportion_raw: int, owner_cut: int | None = 11_796
) -> Pending:
    """Splits a subnet's new alpha among those it is for (§9.1, §9.2).

    ``alpha_out_raw``: rao, raw U96F32; ``root_proportion_raw``: U96F32; ``owner_cut``: of 65535,
    ``None``: the owner gets none.

    >>> import libyuma
    >>> libyuma.pending_split(
    ...     alpha_out_raw=10**9 << 32, root_proportion_raw=1 << 30, owner_cut=None
    ... )
    Pending(server=500000000, validator=375000000, root=125000000, owner_cut=0)
    """
    return Pending(**_libyuma.pending_split(alpha_out_raw, root_proportion_raw, owner_cut))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What concerns all subnets (§2). By default the chain's, with nothing issued or staked."""

    rules: str = NEWEST
    """The set of rules to compute by."""
    total_issuance: int = 0
    """The TAO there is, in rao: the counter that decides the reward."""
    balances_issuance: int = 0
    """The TAO there is, in rao: the ledger's own total, which decides the cap."""
    root_tao: int = 0
    """TAO staked on root, in rao."""
    tao_weight: int = TAO_WEIGHT
    """What a TAO on root weighs against an alpha, of 2^64 − 1."""
    owner_cut: int = 11_796
    """The owners' part of new alpha, of 65535."""
    moving_alpha_raw: int = 12_885
    """The smoothing of moving prices, raw I96F32."""
    gate: EmissionGate = field(default_factory=EmissionGate)
    """The gate between a subnet's share and its TAO (475)."""
    max_epochs_per_block: int = 2
    """How many epochs may run in one block, uint8."""

    def replace(self, **changes: Any) -> Network:
        """The same network but for these."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetState:
    """One subnet from block to block (§2). Amounts are uint64 in rao."""

    netuid: int
    """The subnet; 0 is root, which takes no part."""
    mechanism: int = 1
    """Its market, uint16: 1 has a pool with a price."""
    pool_price_raw: int = 0
    """The pool's price of alpha in TAO, raw U64F64; read only for mechanism 1."""
    moving_price_raw: int = 0
    """The average price by which TAO is shared, raw I96F32."""
    ema_halving_blocks: int = 201_600
    """Blocks after which half of the smoothing of the moving price is reached."""
    miner_burned_raw: int = 0
    """The part of the miners' emission that is withheld, raw U96F32."""
    first_emission_block: int | None = None
    """The block of the first emission; ``None``: not started."""
    subtoken_enabled: bool = True
    """A condition of being eligible."""
    registration_allowed: bool = True
    """A condition of being eligible."""
    emission_enabled: bool = True
    """Whether an eligible subnet may receive TAO."""
    owner_cut_enabled: bool = True
    """Whether the owner gets a cut."""
    tao_reserve: int = 0
    """TAO in the pool."""
    alpha_in_reserve: int = 0
    """Alpha in the pool."""
    alpha_out_supply: int = 0
    """Outstanding alpha."""
    tao_reservoir: int = 0
    """TAO the pool could not take yet (475)."""
    alpha_reservoir: int = 0
    """Alpha the pool could not take yet (475)."""
    protocol_alpha: int = 0
    """Alpha the chain has bought so far, for readers: no rule uses it (475)."""
    pending: Pending = field(default_factory=Pending)
    """Alpha that waits for the epoch."""
    root_proportion_raw: int = 0
    """Root's part of the subnet as last stored, raw U96F32; no rule uses it."""
    schedule: ScheduleState = field(default_factory=ScheduleState)
    """When its epochs run."""

    def replace(self, **changes: Any) -> SubnetState:
        """The same subnet but for these."""
        return dataclasses.replace(self, **changes)


class Pool(Protocol):
    """A subnet's market as a block sees it. The pool's own arithmetic is not the chain rules' part.

    Whatever its methods raise, the block raises.
    """

    def price(self, subnet: SubnetState) -> int:
        """The price of alpha in TAO, raw U64F64; asked before the injections and after them."""
        ...

    def accepts(self, subnet: SubnetState, tao: int, alpha: int) -> bool:
        """Whether the pool takes these amounts, in rao."""
        ...

    def buy(self, subnet: SubnetState, tao: int) -> tuple[int, int] | None:
        """Sells alpha for ``tao`` rao: TAO paid in and alpha paid out; ``None``: it fails."""
        ...


class PassivePool:
    """A pool that keeps its price, accepts everything, and gives no alpha for TAO.

    >>> import libyuma
    >>> libyuma.PassivePool().buy(libyuma.SubnetState(netuid=1), 5)
    (5, 0)
    """

    def price(self, subnet: SubnetState) -> int:
        """The price that the subnet's state says."""
        return subnet.pool_price_raw

    def accepts(self, subnet: SubnetState, tao: int, alpha: int) -> bool:
        """Always."""
        return True

    def buy(self, subnet: SubnetState, tao: int) -> tuple[int, int] | None:
        """Takes all the TAO."""
        return tao, 0


class _PoolDoor:
    """The pool as the extension module calls it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def price(self, subnet: dict[str, Any]) -> int:
        return self._pool.price(_subnet_state(subnet))

    def accepts(self, subnet: dict[str, Any], tao: int, alpha: int) -> bool:
        return self._pool.accepts(_subnet_state(subnet), tao, alpha)

    def buy(self, subnet: dict[str, Any], tao: int) -> tuple[int, int] | None:
        return self._pool.buy(_subnet_state(subnet), tao)


def _door(pool: Pool | None) -> _PoolDoor | None:
    # The passive pool needs no call back into Python.
    return None if pool is None or type(pool) is PassivePool else _PoolDoor(pool)


def _subnet_state(state: dict[str, Any]) -> SubnetState:
    state["pending"] = Pending(**state["pending"])
    state["schedule"] = ScheduleState(**state["schedule"])
    return SubnetState(**state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """What an injection moved, in rao (§10.4)."""

    excess_tao: int
    """TAO that went into a buy."""
    alpha_in: int
    """Alpha that went into the pool."""
    tao_in: int
    """TAO that went into the pool."""


def inject(
    subnet: SubnetState,
    terms: SubnetTerms,
    credit: int,
    *,
    pool: Pool | None = None,
    rules: str = NEWEST,
) -> tuple[SubnetState, Injection, int]:
    """Carries out a subnet's terms as far as the block's ``credit`` of TAO, in rao, goes (§10.4).

    Returns the subnet afterwards, what moved, and what is left of the credit. ``pool``: by default
    :class:`PassivePool`.

    >>> import libyuma
    >>> terms = libyuma.subnet_terms(tao_emission_raw=100 << 32, spot_price_raw=1 << 64,
    ...                              alpha_issuance=0, root_tao=1, tao_weight=2**64 - 1)
    >>> subnet = libyuma.SubnetState(netuid=1, tao_reservoir=5)
    >>> subnet, moved, credit = libyuma.inject(subnet, terms, 150)
    >>> moved, credit
    (Injection(excess_tao=0, alpha_in=100, tao_in=105), 50)
    """
    after, injection, left = _libyuma.inject(rules, subnet, terms, credit, _door(pool))
    return _subnet_state(after), Injection(**injection), left


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """What the creation of a block's alpha did to a subnet (§10.6)."""

    alpha_out: int
    """Alpha created for the participants, in rao."""
    alpha_issuance: int
    """The alpha issuance in rao with it, by which it is split."""
    root_proportion_raw: int
    """Root's part of the subnet at that issuance, raw U96F32."""
    recycled: int
    """Root's alpha that was recycled, in rao."""


def create_alpha(
    network: Network, subnet: SubnetState, terms: SubnetTerms, *, root_sell_flag: bool
) -> tuple[SubnetState, Creation]:
    """Creates the participants' alpha and adds it to what waits for the epoch (§10.6).

    >>> import libyuma
    >>> terms = libyuma.subnet_terms(tao_emission_raw=0, spot_price_raw=1 << 64,
    ...                              alpha_issuance=0, root_tao=0)
    >>> subnet, creation = libyuma.create_alpha(
    ...     libyuma.Network(), libyuma.SubnetState(netuid=1), terms, root_sell_flag=True
    ... )
    >>> creation.alpha_out, subnet.pending.server
    (1000000000, 410002288)
    """
    after, creation = _libyuma.create_alpha(network, subnet, terms, root_sell_flag)
    return _subnet_state(after), Creation(**creation)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetReport:
    """What a block did to one subnet (§10)."""

    terms: SubnetTerms | None
    """Its TAO of this block and what that means for it; ``None`` when it is not eligible."""
    injection: Injection
    """What moved into the pool."""
    creation: Creation
    """What was created."""
    pending: Pending
    """What waited for the epoch, before this block's epochs."""
    verdict: Verdict
    """What the block decided about its epoch."""
    drained: Pending | None
    """What was taken out of ``pending`` for an epoch that runs now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinbaseBlock:
    """A block of emission (§10)."""

    rules: str
    """The rules the block followed."""
    minted: int
    """TAO minted, in rao."""
    recycled: int
    """TAO that found no taker and is gone again, in rao."""
    root_sell_flag: bool
    """Whether root's alpha became pending or was recycled."""
    network: Network
    """The network afterwards."""
    subnets: list[SubnetState]
    """The subnets afterwards, in order."""
    reports: list[SubnetReport]
    """What the block did to each."""


def coinbase(
    block: int, network: Network, subnets: Sequence[SubnetState], *, pool: Pool | None = None
) -> CoinbaseBlock:
    """One block: mint, share, inject, recycle, create alpha, drain, prices (§10).

    ``subnets`` in the chain's order (:func:`visiting_key`). Nothing is distributed in between:
    where a report has drained amounts, an epoch is due. ``pool``: by default :class:`PassivePool`.

    >>> import libyuma
    >>> subnet = libyuma.SubnetState(netuid=1, first_emission_block=1, pool_price_raw=1 << 63,
    ...                              moving_price_raw=1 << 31)
    >>> done = libyuma.coinbase(100, libyuma.Network(), [subnet])
    >>> done.minted, done.reports[0].creation.alpha_out, done.subnets[0].pending.server
    (1000000000, 1000000000, 410002288)
    """
    summary, after, states, reports = _libyuma.coinbase(block, network, subnets, _door(pool))
    after["gate"] = EmissionGate(**after["gate"])
    return CoinbaseBlock(
        rules=network.rules,
        **summary,
        network=Network(**after),
        subnets=[_subnet_state(state) for state in states],
        reports=[_report(report) for report in reports],
    )


def _report(report: dict[str, Any]) -> SubnetReport:
    terms, drained = report["terms"], report["drained"]
    return SubnetReport(
        terms=None if terms is None else SubnetTerms(**terms),
        injection=Injection(**report["injection"]),
        creation=Creation(**report["creation"]),
        pending=Pending(**report["pending"]),
        verdict=Verdict(**report["verdict"]),
        drained=None if drained is None else Pending(**drained),
    )
