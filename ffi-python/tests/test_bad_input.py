"""Every function refuses what is not of its types, and says which argument is wrong and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import libyuma as yuma
import numpy as np
import pytest
from libyuma import fixed, stages

HALF, ONE = 1 << 63, 1 << 64

STATE = yuma.ScheduleState()
TERMS = yuma.subnet_terms(
    tao_emission_raw=1 << 32, spot_price_raw=ONE, alpha_issuance=0, root_tao=0
)
SUBNET_STATE = yuma.SubnetState(netuid=1, first_emission_block=1)
HOTKEYS = {1: yuma.Hotkey(alpha=3), 2: yuma.Hotkey(alpha=4)}
EDGES = [(1, 2, 5)]
SUBNET = yuma.Subnet(
    current_block=1000,
    rao_emission=10**9,
    stake_rao=[600, 400, 0],
    last_update=[990] * 3,
    validator_permit=[True, True, False],
    weights=([0, 1, 2, 2], [2, 2], [65535, 65535]),
)
WEIGHTS = stages.masked_weights(
    SUBNET.weights,
    validator_permit=SUBNET.validator_permit,
    last_update=SUBNET.last_update,
    block_at_registration=SUBNET.block_at_registration,
)
SHARES = [1 << 31, 1 << 31, 0]

U8, U16, U32, U64, U128 = (f"u{bits}" for bits in (8, 16, 32, 64, 128))
I16, I64, I128 = (f"i{bits}" for bits in (16, 64, 128))
FLAG, RULES, WORD, OBJECT, OPTION = "flag", "rules", "word", "object", "option "
LIST, FLAGS, ROWS, MANY = "list ", "flags", "rows", "many"
MAPPING = "mapping"


@dataclasses.dataclass
class Case:
    """A call that succeeds, and what kind each argument is of."""

    call: Callable[..., Any]
    arguments: dict[str, tuple[str, Any]]


RULE = (RULES, "subtensor-475")


def of(call: Callable[..., Any], **arguments: tuple[str, Any]) -> Case:
    return Case(call, arguments)


def fixed_two(call: Callable[..., Any]) -> Case:
    return of(call, format=(WORD, "u96f32"), a=(U128, 5), b=(U128, 3))


def fixed_one(call: Callable[..., Any]) -> Case:
    return of(call, format=(WORD, "i32f32"), x=(I64, 1 << 32))


COMMIT = {
    "netuid": (U16, 1),
    "mecid": (U8, 0),
    "uids": (LIST + U16, [0, 1]),
    "values": (LIST + U16, [1, 2]),
    "salt": (LIST + U16, [1, 2]),
    "version_key": (U64, 0),
}

INPUT = {
    "params": (OBJECT, yuma.Params()),
    "subnet": (OBJECT, SUBNET),
    "budgets": (OPTION + OBJECT, yuma.NullBudgets.of_emission(5)),
}
INPUT_BYTES = yuma.encode_input(yuma.Params(), SUBNET)
OUTCOME = {
    "outcome": (OBJECT, yuma.epoch(yuma.Params(), SUBNET)),
    "input_digest": ("account", bytes(32)),
}
OUTCOME_BYTES = yuma.encode_outcome(yuma.epoch(yuma.Params(), SUBNET), bytes(32))

CASES: dict[str, Case] = {
    "epoch": of(yuma.epoch, params=(OBJECT, yuma.Params()), subnet=(OBJECT, SUBNET)),
    "null_epoch": of(yuma.null_epoch, params=(OBJECT, yuma.Params()), subnet=(OBJECT, SUBNET)),
    "encode_input": of(yuma.encode_input, **INPUT),
    "input_digest": of(yuma.input_digest, **INPUT),
    "decode_input": of(yuma.decode_input, data=("bytes", INPUT_BYTES)),
    "encode_outcome": of(yuma.encode_outcome, **OUTCOME),
    "outcome_digest": of(yuma.outcome_digest, **OUTCOME),
    "decode_outcome": of(yuma.decode_outcome, data=("bytes", OUTCOME_BYTES)),
    "apportion": of(yuma.apportion, shares=(LIST + U128, [1, 2]), budget=(U64, 5)),
    "rules_for_spec_version": of(yuma.rules_for_spec_version, spec_version=(U32, 475)),
    "block_emission": of(yuma.block_emission, issuance=(U64, 1)),
    "block_emission_steps": of(yuma.block_emission_steps, issuance=(U64, 1)),
    "halvings": of(yuma.halvings),
    "next_halving": of(yuma.next_halving, issuance=(U64, 1)),
    "emission_over": of(yuma.emission_over, issuance=(U64, 1), blocks=(U64, 1)),
    "daily_emission": of(yuma.daily_emission, issuance=(U64, 1)),
    "spot_price": of(yuma.spot_price, mechanism=(U16, 1), pool_price_raw=(U128, 1)),
    "share_price": of(yuma.share_price, mechanism=(U16, 1), moving_price_raw=(I128, 1)),
    "moving_price": of(
        yuma.moving_price,
        mechanism=(U16, 1),
        pool_price_raw=(U128, 1),
        moving_price_raw=(I128, 1),
        first_emission_block=(OPTION + U64, 1),
        block=(U64, 2),
        halving_blocks=(U64, 3),
        moving_alpha_raw=(I128, 1),
    ),
    "alpha_issuance": of(
        yuma.alpha_issuance,
        alpha_in_reserve=(U64, 1),
        alpha_out_supply=(U64, 1),
        alpha_reservoir=(U64, 1),
        rules=RULE,
    ),
    "root_proportion": of(
        yuma.root_proportion, root_tao=(U64, 1), alpha_issuance=(U64, 1), tao_weight=(U64, 1)
    ),
    "root_sell_flag": of(yuma.root_sell_flag, prices_raw=(LIST + U128, [1, 2])),
    "emission_gate_bar": of(
        yuma.emission_gate_bar,
        gate=(OBJECT, yuma.EmissionGate()),
        block=(U64, 1),
        shares_raw=(LIST + U128, [1, 2]),
    ),
    "subnet_shares": of(
        yuma.subnet_shares,
        block=(U64, 1),
        minted=(U64, 1),
        subnets=(MANY, [yuma.EligibleSubnet(moving_price_raw=1)]),
        rules=RULE,
    ),
    "flow_shares": of(yuma.flow_shares, block=(U64, 1), subnets=(MANY, [yuma.SubnetFlows()])),
    "subnet_terms": of(
        yuma.subnet_terms,
        tao_emission_raw=(U128, 1),
        spot_price_raw=(U128, 1),
        alpha_issuance=(U64, 1),
        root_tao=(U64, 1),
        tao_weight=(U64, 1),
    ),
    "pending_split": of(
        yuma.pending_split,
        alpha_out_raw=(U128, 1),
        root_proportion_raw=(U128, 1),
        owner_cut=(OPTION + U16, 1),
    ),
    "inject": of(
        yuma.inject,
        subnet=(OBJECT, SUBNET_STATE),
        terms=(OBJECT, TERMS),
        credit=(U64, 1),
        rules=RULE,
    ),
    "create_alpha": of(
        yuma.create_alpha,
        network=(OBJECT, yuma.Network()),
        subnet=(OBJECT, SUBNET_STATE),
        terms=(OBJECT, TERMS),
        root_sell_flag=(FLAG, True),
    ),
    "coinbase": of(
        yuma.coinbase,
        block=(U64, 1),
        network=(OBJECT, yuma.Network()),
        subnets=(MANY, [SUBNET_STATE]),
    ),
    "stake_weights": of(
        yuma.stake_weights,
        uids=(MANY, [1, None]),
        hotkeys=(MAPPING, HOTKEYS),
        edges=(MANY, EDGES),
        tao_weight=(U64, 1),
        rules=RULE,
    ),
    "inherited_stake": of(
        yuma.inherited_stake, hotkey=("any", 1), hotkeys=(MAPPING, HOTKEYS), edges=(MANY, EDGES)
    ),
    "split_dividend": of(
        yuma.split_dividend,
        hotkey=("any", 1),
        dividend=(U64, 5),
        hotkeys=(MAPPING, HOTKEYS),
        edges=(MANY, EDGES),
        terms=(OBJECT, yuma.ChildkeyTerms()),
        rules=RULE,
    ),
    "effective_childkey_take": of(
        yuma.effective_childkey_take,
        childkey_take=(U16, 1),
        min_take=(U16, 1),
        min_take_subnet=(U16, 1),
    ),
    "dividend_distribution": of(
        yuma.dividend_distribution,
        rows=(MANY, [yuma.DividendRow(dividend_raw=1, stake=yuma.Stake())]),
        pending_alpha=(U64, 1),
        pending_root=(U64, 1),
        tao_weight=(U64, 1),
        rules=RULE,
    ),
    "root_claimable_update": of(
        yuma.root_claimable_update,
        root_stake=(U64, 1),
        amount=(U64, 1),
        rate_raw=(OPTION + I128, 1),
    ),
    "distribute": of(
        yuma.distribute,
        subnet=(
            OBJECT,
            yuma.DrainedSubnet(hotkeys=HOTKEYS, drained=yuma.Pending(server=5), epoch=[]),
        ),
        rules=RULE,
    ),
    "mechanism_storage_index": of(yuma.mechanism_storage_index, netuid=(U16, 1), mecid=(U8, 1)),
    "mechanism_of_index": of(yuma.mechanism_of_index, index=(U16, 1)),
    "emission_split_accepted": of(
        yuma.emission_split_accepted,
        split=(OPTION + LIST + U16, [1, 2]),
        mechanism_count=(U8, 2),
        rules=RULE,
    ),
    "split_emission": of(
        yuma.split_emission,
        alpha=(U64, 1),
        mechanism_count=(U8, 2),
        split=(OPTION + LIST + U16, [1, 2]),
        rules=RULE,
    ),
    "split_null_emission": of(
        yuma.split_null_emission,
        server=(U64, 1),
        validator=(U64, 1),
        root=(U64, 1),
        mechanism_count=(U8, 2),
        split=(OPTION + LIST + U16, [1, 2]),
        rules=RULE,
    ),
    "mechanism_weights": of(yuma.mechanism_weights, total=(U64, 1), parts=(LIST + U64, [1, 2])),
    "fold_mechanisms": of(
        yuma.fold_mechanisms,
        weights_raw=(LIST + U128, [ONE]),
        mechanisms=(MANY, [[yuma.MechanismTerm(hotkey=1, uid=1)]]),
        epoch_mode=(WORD, "yuma"),
        rules=RULE,
    ),
    "visiting_key": of(yuma.visiting_key, netuid=(U16, 1)),
    "should_run_epoch": of(
        yuma.should_run_epoch, subnet=(OBJECT, STATE), block=(U64, 1), rules=RULE
    ),
    "next_epoch_start_block": of(yuma.next_epoch_start_block, subnet=(OBJECT, STATE)),
    "blocks_until_next_auto_epoch": of(
        yuma.blocks_until_next_auto_epoch, subnet=(OBJECT, STATE), block=(U64, 1)
    ),
    "in_admin_freeze_window": of(
        yuma.in_admin_freeze_window, subnet=(OBJECT, STATE), block=(U64, 1), window=(U16, 1)
    ),
    "activity_cutoff_blocks": of(
        yuma.activity_cutoff_blocks, tempo=(U16, 1), factor_milli=(U32, 1)
    ),
    "epoch_with_lookahead": of(
        yuma.epoch_with_lookahead, subnet=(OBJECT, STATE), block=(U64, 1), rules=RULE
    ),
    "reveal_now": of(
        yuma.reveal_now,
        subnet=(OBJECT, STATE),
        block=(U64, 1),
        commit_epoch=(U64, 1),
        reveal_period=(U64, 1),
        rules=RULE,
    ),
    "commit_expired": of(
        yuma.commit_expired,
        subnet=(OBJECT, STATE),
        block=(U64, 1),
        commit_epoch=(U64, 1),
        reveal_period=(U64, 1),
        rules=RULE,
    ),
    "schedule_block": of(
        yuma.schedule_block,
        block=(U64, 1),
        subnets=(MANY, [STATE]),
        max_epochs_per_block=(U8, 1),
        rules=RULE,
    ),
    "finish_epoch": of(yuma.finish_epoch, subnet=(OBJECT, STATE), block=(U64, 1), rules=RULE),
    "trigger_epoch": of(yuma.trigger_epoch, subnet=(OBJECT, STATE), at=(U64, 1)),
    "change_tempo": of(yuma.change_tempo, subnet=(OBJECT, STATE), block=(U64, 1), tempo=(U16, 1)),
    "change_mode": of(yuma.change_mode, subnet=(OBJECT, STATE), epoch_mode=(WORD, "null")),
    "max_upscale": of(yuma.max_upscale, values=(LIST + U16, [1, 2])),
    "sum_normalize": of(yuma.sum_normalize, values=(LIST + U16, [1, 2])),
    "max_weight_within": of(yuma.max_weight_within, values=(LIST + U16, [1, 2]), limit=(U16, 1)),
    "validate_weights": of(
        yuma.validate_weights,
        netuid=(U16, 1),
        mecid=(U8, 0),
        uids=(LIST + U16, [0, 1]),
        values=(LIST + U16, [1, 2]),
        version_key=(U64, 0),
        caller_uid=(OPTION + U16, 0),
        n=(U16, 2),
        current_block=(U64, 1000),
        alpha_stake=(U64, 1),
        root_stake=(U64, 1),
        last_update=(U64, 1),
        mechanism_count=(OPTION + U8, 1),
        owner_uid=(OPTION + U16, 0),
        validator_permit=(FLAGS, [True, True]),
        tao_weight=(U64, 1),
        stake_threshold=(U64, 1),
        network_version_key=(U64, 0),
        min_allowed_weights=(U16, 1),
        max_weight_limit=(U16, 65535),
        commit_reveal_enabled=(FLAG, False),
        rate_limit=(U64, 1),
    ),
    "weights_commit_hash": of(yuma.weights_commit_hash, account=("account", bytes(32)), **COMMIT),
    "weights_commit_preimage": of(
        yuma.weights_commit_preimage, account=("account", bytes(32)), **COMMIT
    ),
    "fixed.saturating_add": fixed_two(fixed.saturating_add),
    "fixed.saturating_sub": fixed_two(fixed.saturating_sub),
    "fixed.saturating_mul": fixed_two(fixed.saturating_mul),
    "fixed.checked_div": fixed_two(fixed.checked_div),
    "fixed.safe_div": fixed_two(fixed.safe_div),
    "fixed.round": fixed_one(fixed.round),
    "fixed.convert": of(fixed.convert, format=(WORD, "i64f64"), to=(WORD, "u64f64"), x=(I128, 5)),
    "fixed.to_u64": fixed_one(fixed.to_u64),
    "fixed.to_u16": fixed_one(fixed.to_u16),
    "fixed.log2": fixed_one(fixed.log2),
    "fixed.ln": fixed_one(fixed.ln),
    "fixed.exp": fixed_one(fixed.exp),
    "fixed.exp_safe": of(fixed.exp_safe, x=(I64, 5)),
    "fixed.root": of(fixed.root, x=(U128, 5), epsilon=(U128, 5)),
    "fixed.power": of(fixed.power, x=(U128, 5), p=(U128, 5)),
    "fixed.pow_normalize": of(fixed.pow_normalize, values=(LIST + U128, [1, 2]), p=(U128, 5)),
    "fixed.proportion": of(fixed.proportion, x=(U16, 5)),
    "fixed.proportion_to_u16": of(fixed.proportion_to_u16, x=(I64, 5)),
    "fixed.proportion_of_u64": of(fixed.proportion_of_u64, x=(U64, 5)),
    "stages.activity": of(
        stages.activity,
        last_update=(LIST + U64, [1, 2, 3]),
        activity_cutoff=(U64, 1),
        current_block=(U64, 1),
    ),
    "stages.normalized_stake": of(
        stages.normalized_stake,
        stake=(LIST + I128, [1, 2, 3]),
        owner_uid=(OPTION + U16, 1),
        stake_threshold=(U64, 0),
    ),
    "stages.permits": of(
        stages.permits,
        stake_weight_raw=(LIST + I64, SHARES),
        max_allowed_validators=(U16, 1),
        owner_uid=(OPTION + U16, 1),
    ),
    "stages.active_stake": of(
        stages.active_stake,
        stake_weight_raw=(LIST + I64, SHARES),
        active=(FLAGS, [True] * 3),
        validator_permit=(FLAGS, [True] * 3),
        owner_uid=(OPTION + U16, 1),
    ),
    "stages.masked_weights": of(
        stages.masked_weights,
        weights=(ROWS, SUBNET.weights),
        validator_permit=(FLAGS, [True] * 3),
        last_update=(LIST + U64, [1, 2, 3]),
        block_at_registration=(LIST + U64, [1, 2, 3]),
        owner_uid=(OPTION + U16, 1),
        commit_block=(OPTION + LIST + U64, [1, 2, 3]),
    ),
    "stages.consensus": of(
        stages.consensus,
        weights=(ROWS, WEIGHTS),
        active_stake_raw=(LIST + I64, SHARES),
        kappa=(U16, 32767),
    ),
    "stages.clip": of(stages.clip, weights=(ROWS, WEIGHTS), consensus_raw=(LIST + I64, SHARES)),
    "stages.validator_trust": of(
        stages.validator_trust, weights=(ROWS, WEIGHTS), consensus_raw=(LIST + I64, SHARES)
    ),
    "stages.incentive": of(
        stages.incentive,
        weights=(ROWS, WEIGHTS),
        active_stake_raw=(LIST + I64, SHARES),
        consensus_raw=(LIST + I64, SHARES),
    ),
    "stages.weights_for_bonds": of(
        stages.weights_for_bonds,
        weights=(ROWS, WEIGHTS),
        consensus_raw=(LIST + I64, SHARES),
        bonds_penalty=(U16, 5),
    ),
    "stages.dividends": of(
        stages.dividends,
        ema_bonds=(ROWS, WEIGHTS),
        incentive_raw=(LIST + I64, SHARES),
        active_stake_raw=(OPTION + LIST + I64, SHARES),
    ),
    "stages.fresh_share": of(stages.fresh_share, bonds_moving_average=(U64, 5), yuma3=(FLAG, True)),
    "stages.liquid_alpha": of(
        stages.liquid_alpha,
        weight_raw=(I64, 5),
        bond_raw=(I64, 5),
        consensus_raw=(I64, 5),
        alpha_low=(U16, 5),
        alpha_high=(U16, 5),
        alpha_sigmoid_steepness=(I16, 5),
    ),
    "stages.emission": of(
        stages.emission,
        incentive_raw=(LIST + I64, SHARES),
        dividends_raw=(LIST + I64, SHARES),
        active_stake_raw=(LIST + I64, SHARES),
        stake_weight_raw=(LIST + I64, SHARES),
        rao_emission=(U64, 5),
    ),
}


@dataclasses.dataclass
class Bad:
    """A wrong value, and what the error must say: its code, and its index where it has one."""

    value: Any
    codes: tuple[str, ...]
    index: Any = None


TYPE = ("type",)


def bad_integers(kind: str) -> Iterator[Bad]:
    for value in (1.0, float("nan"), np.float64(2.0), "1", b"1", True, np.True_, [1], object()):
        yield Bad(value, TYPE)
    yield Bad(2 ** int(kind[1:]), ("range",))
    yield Bad(2**300, ("range",))
    yield Bad(-(2**300), ("range", "negative"))
    if kind[0] == "u":
        yield Bad(-1, ("negative",))


def bad_values(kind: str, valid: Any) -> Iterator[Bad]:
    if kind.startswith(OPTION):
        yield from (
            bad for bad in bad_values(kind.removeprefix(OPTION), valid) if bad.value is not None
        )
    elif kind.startswith(LIST):
        yield from (Bad(value, TYPE) for value in (None, 5, "12", b"12", {1: 2}, object()))
        yield Bad(np.array(valid, dtype=float), TYPE)
        yield Bad(np.array(valid, dtype=float) * np.nan, TYPE)
        yield Bad([[element] for element in valid], TYPE, 0)
        yield Bad(np.zeros((2, 2, 2), dtype=np.uint64), TYPE)
        for bad in bad_integers(kind.removeprefix(LIST)):
            yield Bad([valid[0], bad.value, *valid[2:]], bad.codes, 1)
        yield Bad([valid[0], None], TYPE, 1)
    elif kind == FLAGS:
        yield from (Bad(value, TYPE) for value in (None, 5, "12", np.array([1, 0])))
        yield Bad([True, 1, *valid[2:]], TYPE, 1)
        yield Bad([True, None, *valid[2:]], TYPE, 1)
    elif kind == FLAG:
        yield from (Bad(value, TYPE) for value in (None, 1, 0, "True", 1.0, [True]))
    elif kind == RULES:
        yield from (Bad(value, TYPE) for value in (None, 475, b"subtensor-475"))
        yield from (Bad(value, ("unknown_rules",)) for value in ("", "subtensor-424"))
    elif kind == WORD:
        yield from (Bad(value, TYPE) for value in (None, 5, b"yuma"))
        yield Bad("something else", ("range",))
    elif kind == "account":
        yield from (Bad(value, TYPE) for value in (None, 5, "0" * 64, [0] * 32))
        yield from (Bad(bytes(count), ("length",), count) for count in (0, 31, 33))
    elif kind == "bytes":
        yield from (Bad(value, TYPE) for value in (None, 5, valid.hex(), list(valid), object()))
        yield Bad(np.frombuffer(valid + valid, dtype=np.uint16), TYPE)
        yield Bad(np.frombuffer(valid + valid, dtype=np.uint8).reshape(2, -1), TYPE)
    elif kind == ROWS:
        yield from (Bad(value, TYPE) for value in (5, "abc", object()))
        yield Bad((valid[0].astype(float), *valid[1:]), TYPE)
        yield Bad((*valid[:2], [0.5, 1]), TYPE, 0)
        yield Bad((valid[0][::-1].copy(), *valid[1:]), ("offsets",), 0)
        yield Bad((valid[0], valid[1][1:], valid[2]), ("entries",), len(valid[1]) - 1)
        yield Bad((valid[0], [70000, 1], valid[2]), ("range",), 0)
        yield Bad((valid[0], [-1, 1], valid[2]), ("negative",), 0)
    elif kind == OBJECT:
        yield from (Bad(value, TYPE) for value in (5, "abc", object(), [valid]))
    elif kind == MAPPING:
        yield from (Bad(value, TYPE) for value in (None, 5, [1, 2], "abc"))
    elif kind == MANY:
        yield from (Bad(value, TYPE) for value in (None, 5, "abc"))
        yield from (Bad([value], TYPE) for value in (1.5, "abc", object(), {}) if valid[0] != 1)
    elif kind != "any":
        yield Bad(None, TYPE)
        yield from bad_integers(kind)


def refusal(where: str, call: Callable[..., Any], **arguments: Any) -> yuma.YumaError:
    """The error that a call must end with."""
    try:
        call(**arguments)
    except yuma.YumaError as error:
        return error
    pytest.fail(f"{where} was accepted")


@pytest.mark.parametrize("name", CASES)
def test_every_argument(name: str) -> None:
    case = CASES[name]
    valid = {argument: value for argument, (_, value) in case.arguments.items()}
    case.call(**valid)
    for argument, (kind, value) in case.arguments.items():
        for bad in bad_values(kind, value):
            where = f"{name}({argument}={bad.value!r})"
            error = refusal(where, case.call, **{**valid, argument: bad.value})
            assert error.code in bad.codes, f"{where}: {error.code}"
            assert (error.code == "type") == isinstance(error, TypeError), where
            if kind not in (OBJECT, MANY):
                named = error.field == argument or error.field.startswith(f"{argument}.")
                assert named, f"{where}: field {error.field}"
                assert error.index == bad.index, f"{where}: index {error.index}"
            assert error.field in str(error) or error.code == "unknown_rules", where


FIELDS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "Params": (yuma.Params(), lambda params: params),
    "ScheduleState": (STATE, lambda state: yuma.schedule_block(1, [STATE, state])),
    "EmissionGate": (yuma.EmissionGate(), lambda gate: yuma.emission_gate_bar(gate, 1, [])),
    "EligibleSubnet": (
        yuma.EligibleSubnet(moving_price_raw=1),
        lambda subnet: yuma.subnet_shares(1, 1, [yuma.EligibleSubnet(moving_price_raw=1), subnet]),
    ),
    "FlowParameters": (
        yuma.FlowParameters(),
        lambda parameters: yuma.flow_shares(1, [], parameters=parameters),
    ),
    "Flow": (
        yuma.Flow(average_block=1, average_raw=1),
        lambda flow: yuma.flow_shares(1, [yuma.SubnetFlows(), yuma.SubnetFlows(user=flow)]),
    ),
    "SubnetTerms": (TERMS, lambda terms: yuma.inject(SUBNET_STATE, terms, 1)),
    "Pending": (
        yuma.Pending(),
        lambda pending: yuma.coinbase(
            1, yuma.Network(), [SUBNET_STATE, SUBNET_STATE.replace(pending=pending)]
        ),
    ),
    "Network": (yuma.Network(), lambda network: yuma.coinbase(1, network, [])),
    "SubnetState": (
        SUBNET_STATE,
        lambda subnet: yuma.coinbase(1, yuma.Network(), [SUBNET_STATE, subnet]),
    ),
    "Hotkey": (
        yuma.Hotkey(owner="somebody"),
        lambda hotkey: yuma.split_dividend(2, 1, {1: yuma.Hotkey(), 2: hotkey}),
    ),
    "Stake": (
        yuma.Stake(),
        lambda stake: yuma.inherited_stake(2, {1: yuma.Stake(), 2: stake}),
    ),
    "ChildkeyTerms": (
        yuma.ChildkeyTerms(),
        lambda terms: yuma.split_dividend(1, 1, HOTKEYS, terms=terms),
    ),
    "DividendRow": (
        yuma.DividendRow(dividend_raw=1, stake=None),
        lambda row: yuma.dividend_distribution(
            [yuma.DividendRow(dividend_raw=1, stake=None), row], pending_alpha=1, pending_root=1
        ),
    ),
    "Collateral": (
        yuma.Collateral(locked=1, min_locked=1, earned=1, drain_ratio_raw=1),
        lambda entry: yuma.distribute(
            yuma.DrainedSubnet(
                hotkeys=HOTKEYS, drained=yuma.Pending(), epoch=[], collateral={2: entry}
            )
        ),
    ),
    "EpochShare": (
        yuma.EpochShare(hotkey=2),
        lambda share: yuma.distribute(
            yuma.DrainedSubnet(
                hotkeys=HOTKEYS,
                drained=yuma.Pending(),
                epoch=[yuma.EpochShare(hotkey=1), share],
            )
        ),
    ),
    "NullBudgets": (
        yuma.NullBudgets(mining=1, dividend=1, fallback=1),
        lambda budgets: yuma.null_epoch(yuma.Params(), SUBNET, budgets),
    ),
    "NullBudgets of an input": (
        yuma.NullBudgets(mining=1, dividend=1, fallback=1),
        lambda budgets: yuma.encode_input(yuma.Params(), SUBNET, budgets),
    ),
    "MechanismTerm": (
        yuma.MechanismTerm(hotkey=1, uid=1),
        lambda term: yuma.fold_mechanisms([ONE], [[yuma.MechanismTerm(hotkey=1, uid=1), term]]),
    ),
}
ALONE = {"Params", "EmissionGate", "FlowParameters", "SubnetTerms", "Network"}
ALONE |= {"ChildkeyTerms", "NullBudgets", "NullBudgets of an input"}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field(name: str) -> None:
    valid, use = FIELDS[name]
    use(valid)
    for part in dataclasses.fields(valid):
        annotation = str(part.type)
        if annotation == "bool":
            wrong: list[Any] = [None, 1, "x", 0.0]
        elif annotation in ("int", "int | None"):
            wrong = [1.5, "1", True, -(2**130), 2**130, [1]]
            wrong += [None] if annotation == "int" else []
        elif annotation in ("EpochMode", "ConsensusMode", "RulesId", "str"):
            wrong = [None, 5, "something else"]
        else:
            continue
        for value in wrong:
            where = f"{name}({part.name}={value!r})"

            def call(part: str = part.name, value: Any = value) -> None:
                use(dataclasses.replace(valid, **{part: value}))

            error = refusal(where, call)
            assert error.field == part.name, where
            if annotation in ("int", "bool") and name not in ALONE:
                assert error.index == 1, f"{where}: index {error.index}"


SUBNET_FIELDS = {
    "n": U16,
    "current_block": U64,
    "last_step_block": U64,
    "last_yuma_step_block": OPTION + U64,
    "owner_uid": OPTION + U16,
    "rao_emission": U64,
    "last_update": LIST + U64,
    "block_at_registration": LIST + U64,
    "validator_permit": FLAGS,
    "commit_block": OPTION + LIST + U64,
    "previous_consensus": LIST + U16,
    "weights": ROWS,
    "bonds": ROWS,
}


@pytest.mark.parametrize("name", SUBNET_FIELDS)
def test_every_field_of_a_subnet(name: str) -> None:
    kind = SUBNET_FIELDS[name]
    valid = SUBNET.replace(bonds=SUBNET.weights, commit_block=[5] * 3, previous_consensus=[1, 2])
    for bad in bad_values(kind, getattr(valid, name)):
        if bad.value is None and name in ("block_at_registration", "n"):
            continue  # these have a default
        with pytest.raises(yuma.YumaError) as caught:
            valid.replace(**{name: bad.value})
        assert caught.value.code in bad.codes, bad
        assert caught.value.field.split(".")[0] == name, bad
        assert caught.value.index == bad.index, bad


@pytest.mark.parametrize(
    ("changes", "code", "field", "index", "limit"),
    [
        ({"stake_rao": [1, 2]}, "length", "stake", 2, 3),
        ({"stake_rao": [1, 2**63, 3]}, "range", "stake_rao", 1, 2**63 - 1),
        ({"stake_rao": np.array([1.0, 2.0, 3.0])}, "type", "stake_rao", None, None),
        ({"stake": [1, -2, 3]}, "negative", "stake", 1, 0),
        ({"stake": np.array([1, 2, 3], dtype=np.uint64)}, "type", "stake", None, None),
        ({"stake": np.zeros((3, 3), dtype=np.uint64)}, "type", "stake", None, None),
        ({"stake": np.zeros((3, 2))}, "type", "stake", None, None),
        ({"stake": None}, "type", "stake", None, None),
        ({"stake": [1, 2, 3], "stake_rao": [1, 2, 3]}, "type", "stake", None, None),
        ({"last_update": [1, 2]}, "length", "last_update", 2, 3),
        ({"validator_permit": [True]}, "length", "validator_permit", 1, 3),
        ({"n": 4}, "length", "stake", 3, 4),
        ({"weights": np.zeros((2, 3), dtype=int)}, "length", "weights", 2, 3),
        ({"weights": np.full((3, 3), -1)}, "negative", "weights.values", 0, 0),
        ({"weights": np.full((3, 3), 65536)}, "range", "weights.values", 0, 65535),
        ({"weights": np.full((3, 3), np.nan)}, "type", "weights", None, None),
        ({"weights": [[0, 1], [2, 3]]}, "type", "weights", None, None),
        ({"weights": ([0, 0, 0, 2**32], [], [])}, "range", "weights.offsets", 3, 2**32 - 1),
    ],
)
def test_subnet(changes: dict[str, Any], code: str, field: str, index: int, limit: int) -> None:
    with pytest.raises(yuma.YumaError) as caught:
        SUBNET.replace(**changes)
    error = caught.value
    assert (error.code, error.field, error.index, error.limit) == (code, field, index, limit)


def test_commit_block_counts_only_under_commit_reveal() -> None:
    short = SUBNET.replace(commit_block=[1, 2])
    yuma.epoch(yuma.Params(), short)
    with pytest.raises(yuma.YumaError) as caught:
        yuma.epoch(yuma.Params(commit_reveal=True), short)
    assert (caught.value.code, caught.value.field, caught.value.index) == (
        "length",
        "commit_block",
        2,
    )


def test_what_the_rules_do_not_have() -> None:
    older = yuma.Params(rules="subtensor-425")
    with pytest.raises(yuma.RulesError) as caught:
        yuma.null_epoch(older, SUBNET)
    assert (caught.value.code, caught.value.index, caught.value.limit) == ("not_in_rules", 425, 475)


def test_stages_of_more_neurons_than_there_can_be() -> None:
    with pytest.raises(yuma.YumaError) as caught:
        stages.permits(np.ones(65536, dtype=np.int64), 5)
    assert (caught.value.code, caught.value.index) == ("length", 65536)
    stages.permits(np.ones(65535, dtype=np.int64), 5)


def test_what_a_pool_raises_the_block_raises() -> None:
    class Broken(yuma.PassivePool):
        def accepts(self, subnet: yuma.SubnetState, tao: int, alpha: int) -> bool:
            raise LookupError("no such pool")

    class Wrong(yuma.PassivePool):
        def accepts(self, subnet: yuma.SubnetState, tao: int, alpha: int) -> bool:
            return 1  # type: ignore[return-value]

    class Short(yuma.PassivePool):
        def buy(self, subnet: yuma.SubnetState, tao: int) -> tuple[int, int] | None:
            return (5,)  # type: ignore[return-value]

    class Negative(yuma.PassivePool):
        def price(self, subnet: yuma.SubnetState) -> int:
            return -5

    subnet = SUBNET_STATE.replace(pool_price_raw=ONE, moving_price_raw=1 << 32)

    def block(pool: yuma.Pool) -> Any:
        return yuma.coinbase(1, yuma.Network(), [subnet], pool=pool)

    with pytest.raises(LookupError, match="no such pool"):
        block(Broken())
    for pool, code, field in (
        (Wrong(), "type", "accepts"),
        (Short(), "length", "buy"),
        (Negative(), "negative", "price"),
    ):
        with pytest.raises(yuma.YumaError) as caught:
            block(pool)
        assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "5", '{"input": 5}', "{}"])
def test_json_that_is_no_case(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # what it says is the JSON reader's
        yuma.Subnet.from_json(text)
    with pytest.raises(ValueError):  # noqa: PT011
        yuma.Params.from_json(text)
