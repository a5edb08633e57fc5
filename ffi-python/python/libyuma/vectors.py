"""Runs files of golden vectors through the package's public functions.

``python -m libyuma.vectors FILES…`` prints a line per file (``.json`` or ``.json.gz``), the first
difference of each case that fails, and ``N passed, N failed``. It exits with 0 if all passed.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import libyuma as yuma
from libyuma import fixed
from libyuma.errors import YumaError

__all__ = ["Report", "compute", "first_difference", "main", "read", "run", "verify"]

SCHEMA = "yuma-vectors/1"
"""The format that every file names."""

Json: TypeAlias = dict[str, Any]
Kind: TypeAlias = Callable[[str, Json], Json]


@dataclass(slots=True)
class Report:
    """How the cases of one file fared."""

    passed: int = 0
    """Cases whose every field is as expected."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """All others: the case's name, and what is wrong."""


def read(path: str | Path) -> Json:
    """A file of vectors. Raises ``ValueError`` for another schema or no case, or ``OSError``."""
    path = Path(path)
    content = path.read_bytes()
    file: Json = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)
    if file.get("schema") != SCHEMA:
        raise ValueError(f"schema `{file.get('schema')}`, not `{SCHEMA}`")
    if not file["cases"]:
        raise ValueError("no case")
    return file


def compute(rules: str, kind: str, given: Any) -> Json:
    """What the package makes of a case's input, in the form of its ``expect``.

    Raises :class:`YumaError` for an input it refuses, ``LookupError`` for an unknown kind or rules.

    >>> from libyuma import vectors
    >>> vectors.compute("subtensor-475", "block-emission", {"issuance": "0"})["emission"]
    '1000000000'
    """
    if rules not in [known.id for known in yuma.RULES]:
        raise LookupError(f"unknown rules `{rules}`")
    if kind not in KINDS or rules not in KINDS[kind][0]:
        raise LookupError(f"unknown kind `{kind}`")
    return KINDS[kind][1](rules, given)


def run(file: Json) -> Report:
    """Runs every case of a file."""
    report = Report()
    for case in file["cases"]:
        try:
            computed = compute(file["rules"], file["kind"], case["input"])
            failure = first_difference(case["expect"], computed)
        except (YumaError, LookupError, TypeError, ValueError) as error:
            failure = str(error) or type(error).__name__
        if failure is None:
            report.passed += 1
        else:
            report.failed.append((case["name"], failure))
    return report


_NOTHING: Any = object()


def first_difference(expected: Any, computed: Any) -> str | None:
    """The first difference in the order of the computed fields: those of computation.

    >>> from libyuma import vectors
    >>> vectors.first_difference({"raw": {"stake": ["7"]}}, {"raw": {"stake": ["8"]}})
    'raw.stake[0]: expected "7", computed "8"'
    """
    return _difference(expected, computed, "", "")


def _difference(expected: Any, computed: Any, stage: str, place: str) -> str | None:
    if isinstance(expected, dict) and isinstance(computed, dict):
        for name in dict.fromkeys([*computed, *expected]):
            at = (name, "") if not stage else (f"{stage}.{name}", "")
            if stage and place:
                at = stage, f"{place}.{name}"
            parts = expected.get(name, _NOTHING), computed.get(name, _NOTHING)
            if (found := _difference(*parts, *at)) is not None:
                return found
        return None
    if isinstance(expected, list) and isinstance(computed, list):
        for index in range(max(len(expected), len(computed))):
            parts = tuple(
                values[index] if index < len(values) else _NOTHING
                for values in (expected, computed)
            )
            if (found := _difference(*parts, stage, f"{place}[{index}]")) is not None:
                return found
        return None
    # Python holds True for 1.
    if type(expected) is type(computed) and expected == computed:
        return None
    return f"{stage}{place}: expected {_shown(expected)}, computed {_shown(computed)}"


def _shown(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def verify(paths: Sequence[str | Path]) -> bool:
    """Judges files, prints how they fared, and says whether all cases of all passed."""
    passed = failed = 0
    for path in paths:
        try:
            file = read(path)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            print(f"{path}: {error}")
            failed += 1
            continue
        report = run(file)
        count = len(file["cases"])
        print(f"{path}: {file['kind']}, {file['rules']}: {report.passed} of {count} passed")
        for name, what in report.failed[:5]:
            print(f"  {name}: {what}")
        if len(report.failed) > 5:
            print(f"  and {len(report.failed) - 5} more")
        passed += report.passed
        failed += len(report.failed)
    print(f"{passed} passed, {failed} failed")
    return failed == 0 and passed > 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: the exit status."""
    paths = sys.argv[1:] if arguments is None else list(arguments)
    if not paths or paths[0] in ("-h", "--help"):
        print("usage: python -m libyuma.vectors FILES…", file=sys.stderr)
        return 0 if paths else 2
    return 0 if verify(paths) else 1


def _texts(values: Any) -> list[str]:
    return [str(int(value)) for value in values]


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _numbers(texts: Any) -> list[int]:
    return [int(text) for text in texts]


# epoch.md


def _outcome(outcome: yuma.Outcome) -> Json:
    raw = outcome.raw
    return {
        "raw": {
            "stake": _texts(raw.stake),
            "active_stake": _texts(raw.active_stake),
            "consensus": _texts(raw.consensus),
            "validator_trust": _texts(raw.validator_trust),
            "incentive": _texts(raw.incentive),
            "ema_bonds": [
                [uid, [[column, str(value)] for column, value in row]]
                for uid, row in raw.ema_bonds.to_lists()
            ],
            "dividends": _texts(raw.dividends),
        },
        "server_emission": _texts(outcome.server_emission),
        "validator_emission": _texts(outcome.validator_emission),
        "emission": _texts(outcome.emission),
        "bonds": outcome.bonds.to_lists(),
        "active": outcome.active.tolist(),
        "validator_permit": outcome.validator_permit.tolist(),
        "stake_weight": outcome.stake_weight.tolist(),
        "consensus": outcome.consensus.tolist(),
        "validator_trust": outcome.validator_trust.tolist(),
        "incentive": outcome.incentive.tolist(),
        "dividends": outcome.dividends.tolist(),
    }


def _epoch(rules: str, given: Json) -> Json:
    params = yuma.Params.from_json(given, rules=rules)
    return _outcome(yuma.epoch(params, yuma.Subnet.from_json(given)))


def _epoch_error(rules: str, given: Any) -> Json:
    try:
        if isinstance(given, dict) and "spec_version" in given:
            rules = yuma.rules_for_spec_version(given["spec_version"])
        params = yuma.Params.from_json(given, rules=rules)
        subnet = yuma.Subnet.from_json(given)
        yuma.epoch(params, subnet, workspace_words=given.get("workspace_words"))
    except YumaError as error:
        return {"code": error.code, "field": error.field, "index": error.index}
    raise ValueError("the input was accepted")


def _null_epoch(rules: str, given: Json) -> Json:
    budgets = yuma.NullBudgets(
        mining=int(given["mining_budget"]),
        dividend=int(given["dividend_budget"]),
        fallback=int(given["fallback_budget"]),
    )
    params = yuma.Params.from_json(given, rules=rules)
    result = _outcome(yuma.null_epoch(params, yuma.Subnet.from_json(given), budgets))
    raw = {name: result["raw"][name] for name in ("stake", "incentive", "dividends")}
    del result["bonds"]
    return {"validator_permit": result.pop("validator_permit"), **result, "raw": raw}


def _apportion(_rules: str, given: Json) -> Json:
    return {"payouts": _texts(yuma.apportion(_numbers(given["shares"]), int(given["budget"])))}


# core/src/digest/format.md


def _digest(rules: str, given: Json) -> Json:
    parts = yuma.EpochInput.from_json(given, rules=rules)
    input_bytes = yuma.encode_input(parts.params, parts.subnet, parts.null_budgets)
    decoded = yuma.decode_input(input_bytes)
    outcome = decoded.run()
    record = yuma.decode_outcome(yuma.encode_outcome(outcome, decoded.digest))
    return {
        "input_bytes": input_bytes.hex(),
        "input_digest": parts.digest.hex(),
        "outcome_bytes": yuma.encode_outcome(record, record.input_digest).hex(),
        "outcome_digest": yuma.outcome_digest(outcome, decoded.digest).hex(),
    }


def _digest_error(_rules: str, given: Json) -> Json:
    decode = {"input": yuma.decode_input, "outcome": yuma.decode_outcome}[given["content"]]
    try:
        decode(bytes.fromhex(given["bytes"]))
    except YumaError as error:
        return {
            "code": error.code,
            "field": error.field,
            "index": _text(error.index),
            "limit": _text(error.limit),
        }
    raise ValueError("the bytes were accepted")


# numbers.md


def _fixed_arith(_rules: str, given: Json) -> Json:
    kind, a, b = given["type"], int(given["a"]), int(given["b"])
    return {
        "saturating_add": str(fixed.saturating_add(kind, a, b)),
        "saturating_sub": str(fixed.saturating_sub(kind, a, b)),
        "saturating_mul": str(fixed.saturating_mul(kind, a, b)),
        "checked_div": _text(fixed.checked_div(kind, a, b)),
        "safe_div": str(fixed.safe_div(kind, a, b)),
        "a_to_u64": str(fixed.to_u64(kind, a)),
        "a_to_u16": str(fixed.to_u16(kind, a)),
        "a_round_to_u16": str(fixed.to_u16(kind, fixed.round(kind, a))),
        "a_to_u96f32": str(fixed.convert(kind, "u96f32", a)),
        "a_to_u64f64": str(fixed.convert(kind, "u64f64", a)),
        "a_to_i96f32": str(fixed.convert(kind, "i96f32", a)),
        "a_to_i64f64": str(fixed.convert(kind, "i64f64", a)),
        "a_to_i32f32": str(fixed.convert(kind, "i32f32", a)),
    }


def _transcendental(_rules: str, given: Json) -> Json:
    operation, x = given["op"], int(given["x"])
    if operation == "log2_i96f32":
        return {"result": _text(fixed.log2("i96f32", x))}
    if operation == "log2_ln_i32f32":
        return {"log2": _text(fixed.log2("i32f32", x)), "ln": _text(fixed.ln("i32f32", x))}
    if operation == "exp_i32f32":
        return {"result": _text(fixed.exp("i32f32", x))}
    if operation == "bisect_sqrt_u64f64":
        return {"result": str(fixed.root(x, int(given["epsilon"])))}
    if operation == "safe_pow_u64f64":
        return {"result": str(fixed.power(x, int(given["p"])))}
    raise LookupError(f"unknown operation `{operation}`")


def _pow_normalize(_rules: str, given: Json) -> Json:
    values = fixed.pow_normalize(_numbers(given["values"]), int(given["exponent"]))
    return {"values": _texts(values)}


# mechanisms.md


def _mechanism_index(_rules: str, given: Json) -> Json:
    index = yuma.mechanism_storage_index(given["netuid"], given["mecid"])
    netuid, mecid = yuma.mechanism_of_index(index)
    return {"storage_index": index, "netuid_of_index": netuid, "mecid_of_index": mecid}


def _mechanism_split(rules: str, given: Json) -> Json:
    count, split = given["mechanism_count"], given["split"]
    return {
        "split_accepted_by_setter": yuma.emission_split_accepted(split, count, rules=rules),
        "parts": _texts(yuma.split_emission(int(given["alpha"]), count, split, rules=rules)),
    }


_AMOUNTS_OF_TERM = ("validator_emission", "server_emission", "emission", "stake")


def _mechanism_aggregate(rules: str, given: Json) -> Json:
    count, split = given["mechanism_count"], given["split"]
    result: Json = {}
    mode = given.get("epoch_mode", "yuma")
    if "alpha" in given:
        total = int(given["alpha"])
    else:
        drained = {part: int(given[part]) for part in ("server", "validator", "root")}
        total = min(sum(drained.values()), 2**64 - 1)
    if mode == "null":
        parts, budgets = yuma.split_null_emission(
            **drained, mechanism_count=count, split=split, rules=rules
        )
        result["budgets"] = [
            _texts([budget.mining, budget.dividend, budget.fallback]) for budget in budgets
        ]
    else:
        parts = yuma.split_emission(total, count, split, rules=rules)
        if "alpha" not in given:
            result["budgets"] = None
    weights = yuma.mechanism_weights(total, parts)
    mechanisms = [
        [
            yuma.MechanismTerm(**{**term, **{name: int(term[name]) for name in _AMOUNTS_OF_TERM}})
            for term in terms
        ]
        for terms in given["mechanisms"]
    ]
    folded = yuma.fold_mechanisms(weights, mechanisms, epoch_mode=mode, rules=rules)
    return {
        "parts": _texts(parts),
        **result,
        "weights": _texts(weights),
        "aggregated": [_term(term) for term in folded],
        "hotkey_emission": [
            [term.hotkey, str(term.server_emission), str(term.validator_emission)]
            for term in folded
        ],
    }


def _term(term: yuma.MechanismTerm) -> Json:
    values = {name: getattr(term, name) for name in term.__dataclass_fields__}
    return {**values, **{name: str(values[name]) for name in _AMOUNTS_OF_TERM}}


# schedule.md


def _epoch_schedule(rules: str, given: Json) -> Json:
    subnet = yuma.ScheduleState(
        tempo=given["tempo"],
        last_epoch_block=int(given["last_epoch_block"]),
        pending_epoch_at=int(given["pending_epoch_at"]),
        blocks_since_last_step=int(given["blocks_since_last_step"]),
        epoch_index=int(given["epoch_index"]),
    )
    block = int(given["current_block"])
    commit = int(given["commit_epoch"]), int(given["reveal_period"])
    window = given["admin_freeze_window"]
    factor = given["activity_cutoff_factor_milli"]

    def of_commit(asked: Callable[..., bool]) -> bool:
        epoch, period = commit
        return asked(subnet, block, commit_epoch=epoch, reveal_period=period, rules=rules)

    until = yuma.blocks_until_next_auto_epoch(subnet, block)
    return {
        "should_run_epoch": yuma.should_run_epoch(subnet, block, rules=rules),
        "next_epoch_start_block": _text(yuma.next_epoch_start_block(subnet)),
        "blocks_until_next_auto_epoch": str(until),
        "in_admin_freeze_window": yuma.in_admin_freeze_window(subnet, block, window),
        "activity_cutoff_blocks": str(yuma.activity_cutoff_blocks(given["tempo"], factor)),
        "epoch_with_lookahead": str(yuma.epoch_with_lookahead(subnet, block, rules=rules)),
        "reveal_now": of_commit(yuma.reveal_now),
        "commit_expired": of_commit(yuma.commit_expired),
    }


def _epoch_simulation(rules: str, given: Json) -> Json:
    subnets = given["subnets"]
    with_modes = "mode_changes" in given
    names = ["tempo", "last_epoch_block", "pending_epoch_at", "blocks_since_last_step"]
    names += ["epoch_mode", "last_yuma_step_block"] if with_modes else []
    states = [yuma.ScheduleState(**{name: subnet[name] for name in names}) for subnet in subnets]

    def places(netuid: int) -> list[int]:
        return [place for place, subnet in enumerate(subnets) if subnet["netuid"] == netuid]

    log = []
    for block in range(given["start_block"], given["start_block"] + given["blocks"]):
        for place, subnet in enumerate(subnets):
            first, last = subnet["inconsistent_blocks"] or (1, 0)
            states[place] = states[place].replace(consistent=not first <= block <= last)
        limit = given["max_epochs_per_block"]
        states, verdicts = yuma.schedule_block(
            block, states, max_epochs_per_block=limit, rules=rules
        )
        for place, verdict in enumerate(verdicts):
            if verdict.slot == "ran":
                states[place] = yuma.finish_epoch(states[place], block, rules=rules)
        for netuid, tempo in _at(given["tempo_changes"], block):
            for place in places(netuid):
                states[place] = yuma.change_tempo(states[place], block, tempo)
        for netuid, target in _at(given["triggers"], block):
            for place in places(netuid):
                states[place] = yuma.trigger_epoch(states[place], target)
        for netuid, mode in _at(given.get("mode_changes", ()), block):
            for place in places(netuid):
                states[place] = yuma.change_mode(states[place], mode)
        happened = {
            slot: [
                subnet["netuid"]
                for subnet, verdict in zip(subnets, verdicts, strict=True)
                if verdict.slot == slot
            ]
            for slot in ("ran", "deferred", "skipped")
        }
        happened["reveal_deferred"] = [
            subnet["netuid"]
            for subnet, verdict in zip(subnets, verdicts, strict=True)
            if verdict.reveal_deferred
        ]
        if any(happened.values()):
            log.append({"block": block, **happened})
    after = ["last_epoch_block", "pending_epoch_at", "blocks_since_last_step"]
    after += ["last_mechanism_step_block", "epoch_index"]
    after += ["epoch_mode", "last_yuma_step_block"] if with_modes else []
    final = [
        {"netuid": subnet["netuid"], **{name: getattr(state, name) for name in after}}
        for subnet, state in zip(subnets, states, strict=True)
    ]
    return {"log": log, "final": final}


def _at(changes: Any, block: int) -> Iterator[tuple[int, Any]]:
    return ((netuid, value) for at, netuid, value in changes if at == block)


# submission.md


def _weights_upscale(_rules: str, given: Json) -> Json:
    values = given["values"]
    return {
        "max_upscaled": yuma.max_upscale(values).tolist(),
        "sum_normalized": yuma.sum_normalize(values).tolist(),
    }


def _weights_max_limited(_rules: str, given: Json) -> Json:
    return {"within_limit": yuma.max_weight_within(given["values"], given["limit"])}


def _weights_set(_rules: str, given: Json) -> Json:
    try:
        accepted = yuma.validate_weights(
            netuid=given["netuid"],
            mecid=given["mecid"],
            uids=given["uids"],
            values=given["values"],
            version_key=int(given["version_key"]),
            caller_uid=given["uid"] if given["caller_registered"] else None,
            alpha_stake=int(given["alpha_stake"]),
            root_stake=int(given["root_stake"]),
            last_update=int(given["last_update"]),
            mechanism_count=given["mechanism_count"] if given["netuid"] == 1 else None,
            n=given["n"],
            owner_uid=given["owner_uid"],
            validator_permit=given["validator_permit"],
            tao_weight=int(given["tao_weight"]),
            stake_threshold=int(given["stake_threshold"]),
            network_version_key=int(given["network_version_key"]),
            min_allowed_weights=given["min_allowed_weights"],
            commit_reveal_enabled=given["commit_reveal_enabled"],
            rate_limit=int(given["rate_limit"]),
            current_block=int(given["current_block"]),
        )
    except yuma.SubmissionError as error:
        return {"result": error.name, "weights": None, "last_update": given["last_update"]}
    row = zip(accepted.uids.tolist(), accepted.values.tolist(), strict=True)
    weights = [list(entry) for entry in row]
    return {"result": "ok", "weights": weights, "last_update": str(accepted.last_update)}


def _weights_commit_hash(_rules: str, given: Json) -> Json:
    commit = {
        "account": bytes.fromhex(given["account"]),
        "netuid": given["netuid"],
        "mecid": given["mecid"],
        "uids": given["uids"],
        "values": given["values"],
        "salt": given["salt"],
        "version_key": int(given["version_key"]),
    }
    return {
        "storage_index": yuma.mechanism_storage_index(given["netuid"], given["mecid"]),
        "preimage": yuma.weights_commit_preimage(**commit).hex(),
        "hash": yuma.weights_commit_hash(**commit).hex(),
    }


# distribution.md


def _coldkey(account: int | None) -> Any:
    return account or yuma.ZERO_ACCOUNT


def _account(coldkey: Any) -> int:
    return 0 if coldkey == yuma.ZERO_ACCOUNT else int(coldkey)


def _edges(given: Json) -> list[tuple[int, int, int]]:
    return [(parent, child, int(proportion)) for parent, child, proportion in given["edges"]]


def _stake_weights(rules: str, given: Json) -> Json:
    hotkeys = {
        account: yuma.Stake(alpha=int(alpha), root=int(root))
        for account, alpha, root in given["hotkeys"]
    }
    weights = yuma.stake_weights(
        given["uids"],
        hotkeys,
        _edges(given),
        tao_weight=int(given["tao_weight"]),
        suspended=given.get("suspended", ()),
        owner_hotkey=given.get("subnet_owner_hotkey"),
        rules=rules,
    )
    return {
        "inherited_alpha": [str(fixed.to_u64("i64f64", bits)) for bits in weights.alpha_raw],
        "inherited_tao": [str(fixed.to_u64("i64f64", bits)) for bits in weights.tao_raw],
        "alpha_stake": _texts(weights.alpha_raw),
        "tao_stake": _texts(weights.tao_raw),
        "total_stake": _texts(weights.total_raw),
    }


def _childkey_terms(given: Json) -> yuma.ChildkeyTerms:
    return yuma.ChildkeyTerms(
        tao_weight=int(given["tao_weight"]),
        burn=int(given["ck_burn"]),
        min_take=given["min_childkey_take"],
        min_take_subnet=given["min_childkey_take_subnet"],
    )


def _parent_child_dividends(rules: str, given: Json) -> Json:
    own = given["hotkey"]
    stakes = {own: ("0", "0", None)}
    stakes.update({account: tuple(rest) for account, *rest in given["hotkeys"]})
    hotkeys = {
        account: yuma.Hotkey(
            alpha=int(alpha),
            root=int(root),
            owner=_coldkey(owner),
            childkey_take=given["childkey_take"] if account == own else 0,
        )
        for account, (alpha, root, owner) in stakes.items()
    }
    split = yuma.split_dividend(
        own,
        int(given["dividends"]),
        hotkeys,
        _edges(given),
        terms=_childkey_terms(given),
        rules=rules,
    )
    return {
        "effective_take": split.effective_take,
        "self_contribution": str(split.self_contribution),
        "payouts": [[payout.hotkey, str(payout.amount)] for payout in split.payouts],
        "recycled": [str(payout.recycled) for payout in split.payouts if payout.recycled],
    }


def _dividend_distribution(rules: str, given: Json) -> Json:
    hotkeys = sorted(given["hotkeys"], key=lambda row: row[0])
    rows = [
        yuma.DividendRow(
            dividend_raw=int(dividend),
            stake=None if stake is None else yuma.Stake(alpha=int(stake[0]), root=int(stake[1])),
            on_root=bool(on_root and on_root[0]),
        )
        for _, dividend, stake, *on_root in hotkeys
    ]
    tao_weight = int(given["tao_weight"])
    amounts = yuma.dividend_distribution(
        rows,
        pending_alpha=int(given["pending_alpha"]),
        pending_root=int(given["pending_root_alpha"]),
        tao_weight=tao_weight,
        rules=rules,
    )
    present = [
        (row[0], amount) for row, amount in zip(hotkeys, amounts, strict=True) if amount is not None
    ]
    return {
        "tao_weight_fixed": str(fixed.proportion_of_u64(tao_weight)),
        "alpha_dividends": [[hotkey, str(amount.alpha_raw)] for hotkey, amount in present],
        "root_alpha_dividends": [[hotkey, str(amount.root_raw)] for hotkey, amount in present],
    }


def _root_claimable(_rules: str, given: Json) -> Json:
    before = _number(given["rate_before"])
    rate = yuma.root_claimable_update(int(given["root_stake"]), int(given["amount"]), before)
    if rate is None:
        return {
            "fallback_to_stake": True,
            "staked": given["amount"],
            "rate_after": given["rate_before"],
        }
    return {"fallback_to_stake": False, "staked": "0", "rate_after": str(rate)}


def _distribution(rules: str, given: Json) -> Json:
    newer = "null_mode" in given
    hotkeys = {
        row["id"]: yuma.Hotkey(
            alpha=int(row["alpha"]),
            root=int(row["root"]),
            owner=_coldkey(row["owner"]),
            take=yuma.DEFAULT_TAKE if row["take"] is None else row["take"],
            childkey_take=row["childkey_take"],
            uid=row["uid"],
            registered_at=row["registered_at"],
            on_root=row.get("on_root", False),
            has_members=row.get("has_members", False),
        )
        for row in given["hotkeys"]
    }

    def is_owners(entry: list[Any]) -> bool:
        owner = hotkeys[entry[0]].owner if entry[0] in hotkeys else yuma.ZERO_ACCOUNT
        return bool(_coldkey(entry[1]) == owner)

    entries = given.get("collateral", [])
    owner = given["subnet_owner_coldkey"]
    done = yuma.distribute(
        yuma.DrainedSubnet(
            hotkeys=hotkeys,
            drained=yuma.Pending(**{name: int(rao) for name, rao in given["pending"].items()}),
            epoch=[
                yuma.EpochShare(hotkey=hotkey, incentive=int(incentive), dividend=int(dividend))
                for hotkey, incentive, dividend in given["epoch"]
            ],
            edges=_edges(given),
            epoch_mode="null" if given.get("null_mode") else "yuma",
            terms=_childkey_terms(given),
            owner_coldkey=None if owner is None else _coldkey(owner),
            owner_hotkey=given["subnet_owner_hotkey"],
            lease_share=given.get("lease_share"),
            recycle_or_burn=given["recycle_or_burn"] or "burn",
            auto_stake={_coldkey(coldkey): to for coldkey, to in given["auto_stake"]},
            suspended=given.get("suspended", ()),
            collateral={entry[0]: _collateral(entry) for entry in entries if is_owners(entry)},
            basket_pending={hotkey: int(rao) for hotkey, rao in given.get("basket_pending", [])},
        ),
        rules=rules,
    )

    def dividends(part: str) -> list[list[Any]]:
        found = (
            (hotkey, getattr(outcome.dividends, part))
            for hotkey, outcome in done.outcomes.items()
            if outcome.dividends is not None
        )
        return [[hotkey, str(value)] for hotkey, value in found if value is not None]

    def positive(part: str) -> list[list[Any]]:
        found = ((hotkey, getattr(outcome, part)) for hotkey, outcome in done.outcomes.items())
        return [[hotkey, str(value)] for hotkey, value in found if value > 0]

    result: Json = {
        "epoch_emission": str(done.epoch_emission),
        "incentive_sum": str(done.incentive_sum),
        "validator_alpha": str(done.validator_alpha),
        "dividends": dividends("payouts_raw"),
        "alpha_dividends": dividends("alpha_raw"),
        "root_alpha_dividends": dividends("root_raw"),
    }
    if newer:
        result["recycled_root"] = str(done.recycled_root)
        result["owner_cut_kept"] = str(done.owner_cut_kept)
    result["owner_hotkeys"] = sorted(done.owner_hotkeys) if newer else done.owner_hotkeys
    result["miner_burned"] = str(done.miner_burned_raw)
    result["burned"] = str(done.burned)
    result["recycled"] = str(done.recycled)
    result["credits"] = [
        [credit.hotkey, _account(credit.coldkey), str(credit.amount)]
        for credit in done.credits
        if credit.coldkey is not None
    ]
    result["nominator_credits"] = [
        [credit.hotkey, str(credit.amount)] for credit in done.credits if credit.coldkey is None
    ]
    result["alpha_dividends_per_subnet"] = dividends("alpha_paid")
    if not newer:
        result["root_claimable_increment"] = dividends("root_claimable_increment_raw")
    result["root_alpha_dividends_per_subnet"] = dividends("root_paid")
    if newer:
        after = []
        for entry in entries:
            if not is_owners(entry):
                after.append(entry)
            elif (now := done.outcomes[entry[0]].collateral) is not None:
                amounts = [now.locked, now.min_locked, now.earned, now.drain_ratio_raw]
                after.append([*entry[:2], *_texts(amounts)])
        result["collateral"] = sorted(after, key=lambda entry: (entry[0], entry[1]))
        result["basket_pending"] = positive("basket_pending")
    result["alpha_out_supply_delta"] = str(done.alpha_out_supply_delta)
    result["total_hotkey_alpha"] = positive("total_alpha")
    return result


def _collateral(entry: list[Any]) -> yuma.Collateral:
    locked, min_locked, earned, ratio = _numbers(entry[2:])
    return yuma.Collateral(
        locked=locked, min_locked=min_locked, earned=earned, drain_ratio_raw=ratio
    )


# emission.md


def _block_emission(_rules: str, given: Json) -> Json:
    issuance = int(given["issuance"])
    steps = yuma.block_emission_steps(issuance)
    raw = None
    if steps is not None:
        raw = {
            "ratio": str(steps.ratio_raw),
            "inverse": str(steps.inverse_raw),
            "log2": str(steps.log2_raw),
        }
    return {"raw": raw, "emission": str(yuma.block_emission(issuance))}


def _moving_price(_rules: str, given: Json) -> Json:
    after = yuma.moving_price(
        mechanism=given["mechanism"],
        pool_price_raw=int(given["price"]),
        moving_price_raw=int(given["moving_price"]),
        first_emission_block=_number(given["first_emission_block"]),
        block=int(given["current_block"]),
        halving_blocks=int(given["halving_blocks"]),
        moving_alpha_raw=int(given["moving_alpha"]),
    )
    return {"moving_price": str(after)}


def _gate(given: Json) -> yuma.EmissionGate:
    chain = yuma.EmissionGate()
    return yuma.EmissionGate(
        bar_raw=int(given.get("gate_bar", chain.bar_raw)),
        exponent_raw=int(given.get("gate_exponent", chain.exponent_raw)),
        bar_rank=given.get("bar_rank", chain.bar_rank),
        bar_quantile_raw=int(given.get("bar_quantile", chain.bar_quantile_raw)),
    )


def _emission_gate_bar(_rules: str, given: Json) -> Json:
    shares = _numbers(given["shares"])
    return {"gate_bar": str(yuma.emission_gate_bar(_gate(given), int(given["block"]), shares))}


def _subnet_shares(rules: str, given: Json) -> Json:
    subnets = [
        yuma.EligibleSubnet(
            mechanism=subnet["mechanism"],
            moving_price_raw=int(subnet["moving_price"]),
            miner_burned_raw=int(subnet["miner_burned"]),
            emission_enabled=subnet["emission_enabled"],
        )
        for subnet in given["subnets"]
    ]
    block, minted = int(given.get("block", 0)), int(given["block_emission"])
    shared = yuma.subnet_shares(block, minted, subnets, gate=_gate(given), rules=rules)
    gated = {
        "gate_bar": str(shared.gate.bar_raw),
        "gated_shares": _texts(shared.gated_shares_raw),
    }
    return {
        "price_shares": _texts(shared.price_shares_raw),
        "shares": _texts(shared.shares_raw),
        **(gated if "gate_bar" in given else {}),
        "tao_emission": _texts(shared.tao_emission_raw),
        "root_sell_flag": shared.root_sell_flag,
    }


def _root_sell_flag(_rules: str, given: Json) -> Json:
    prices = [
        yuma.share_price(subnet["mechanism"], int(subnet["moving_price"]))
        for subnet in given["subnets"]
    ]
    return {"root_sell_flag": yuma.root_sell_flag(prices)}


def _flow(since_update: str, average: list[str] | None) -> yuma.Flow:
    block, value = (None, None) if average is None else _numbers(average)
    return yuma.Flow(since_update=int(since_update), average_block=block, average_raw=value)


def _average(flow: yuma.Flow) -> list[str] | None:
    return None if flow.average_block is None else _texts([flow.average_block, flow.average_raw])


def _flow_shares(_rules: str, given: Json) -> Json:
    parameters = yuma.FlowParameters(
        smoothing_factor=int(given["smoothing_factor"]),
        net_flow_enabled=given["net_flow_enabled"],
        flow_cutoff_raw=int(given["flow_cutoff"]),
        exponent_raw=int(given["exponent"]),
    )
    subnets = [
        yuma.SubnetFlows(
            user=_flow(subnet["tao_flow"], subnet["ema_tao_flow"]),
            protocol=_flow(subnet["protocol_flow"], subnet["ema_protocol_flow"]),
        )
        for subnet in given["subnets"]
    ]
    block = int(given["current_block"])
    shares, after = yuma.flow_shares(block, subnets, parameters=parameters)
    return {
        "after": [
            {
                "tao_flow": str(flows.user.since_update),
                "ema_tao_flow": _average(flows.user),
                "protocol_flow": str(flows.protocol.since_update),
                "ema_protocol_flow": _average(flows.protocol),
            }
            for flows in after
        ],
        "shares": _texts(shares),
    }


def _root_proportion(rules: str, given: Json) -> Json:
    tao_weight = int(given["tao_weight"])
    issuance = yuma.alpha_issuance(
        alpha_in_reserve=int(given["alpha_in"]),
        alpha_out_supply=int(given["alpha_out"]),
        rules=rules,
    )
    proportion = yuma.root_proportion(
        root_tao=int(given["root_tao"]), tao_weight=tao_weight, alpha_issuance=issuance
    )
    return {
        "tao_weight_fixed": str(fixed.proportion_of_u64(tao_weight)),
        "alpha_issuance": str(issuance),
        "root_proportion": str(proportion),
    }


def _terms(rules: str, given: Json, mechanism: int) -> yuma.SubnetTerms:
    issuance = yuma.alpha_issuance(
        alpha_in_reserve=int(given["alpha_in_reserve"]),
        alpha_out_supply=int(given["alpha_out_supply"]),
        rules=rules,
    )
    return yuma.subnet_terms(
        tao_emission_raw=int(given["tao_emission"]),
        spot_price_raw=yuma.spot_price(mechanism, int(given["price"])),
        alpha_issuance=issuance,
        root_tao=int(given["root_tao"]),
        tao_weight=int(given["tao_weight"]),
    )


def _subnet_terms(rules: str, given: Json) -> Json:
    terms = _terms(rules, given, given["mechanism"])
    amounts = {
        "alpha_out": terms.alpha_out_raw,
        "alpha_in": terms.alpha_in_raw,
        "tao_in": terms.tao_in_raw,
        "excess_tao": terms.excess_tao_raw,
    }
    return {
        "root_proportion": str(terms.root_proportion_raw),
        **{name: str(bits) for name, bits in amounts.items()},
        **{f"{name}_u64": str(fixed.to_u64("u96f32", bits)) for name, bits in amounts.items()},
    }


def _pending_split(rules: str, given: Json) -> Json:
    network = yuma.Network(
        rules=rules,
        root_tao=int(given["root_tao"]),
        tao_weight=int(given["tao_weight"]),
        owner_cut=given["owner_cut"],
    )
    before = {name: int(rao) for name, rao in given["pending_before"].items()}
    subnet = yuma.SubnetState(
        netuid=1,
        pool_price_raw=int(given["price"]),
        alpha_in_reserve=int(given["alpha_in_reserve"]),
        alpha_out_supply=int(given["alpha_out_supply"]),
        owner_cut_enabled=given["owner_cut_enabled"],
        pending=yuma.Pending(**before),
    )
    terms = _terms(rules, given, 1)
    subnet, injection, _ = yuma.inject(subnet, terms, 2**64 - 1, rules=rules)
    flag = given["root_sell_flag"]
    subnet, creation = yuma.create_alpha(network, subnet, terms, root_sell_flag=flag)
    return {
        "root_proportion_cap": str(terms.root_proportion_raw),
        "alpha_injected": str(injection.alpha_in),
        "alpha_created": str(creation.alpha_out),
        "alpha_issuance_at_split": str(creation.alpha_issuance),
        "root_proportion_split": str(creation.root_proportion_raw),
        "pending_owner_cut": str(subnet.pending.owner_cut),
        "pending_server": str(subnet.pending.server),
        "pending_validator": str(subnet.pending.validator),
        "pending_root": str(subnet.pending.root),
        "recycled": str(creation.recycled),
        "alpha_in_reserve": str(subnet.alpha_in_reserve),
        "alpha_out_supply": str(subnet.alpha_out_supply),
    }


class _AnsweringPool:
    """A pool that answers in one block what the input says."""

    def __init__(self, answers: dict[int, Json]) -> None:
        self._answers = answers
        self._offers: dict[int, int] = {}

    def price(self, subnet: yuma.SubnetState) -> int:
        return subnet.pool_price_raw

    def accepts(self, subnet: yuma.SubnetState, tao: int, alpha: int) -> bool:
        offer = self._offers.get(subnet.netuid, 0)
        self._offers[subnet.netuid] = offer + 1
        return bool(self._answers[subnet.netuid]["accepts"][offer])

    def buy(self, subnet: yuma.SubnetState, tao: int) -> tuple[int, int] | None:
        answer = self._answers[subnet.netuid]["buy"]
        if answer is None:
            return None
        return tao if answer[0] is None else int(answer[0]), int(answer[1])


_SAME_IN_STATE = (
    "netuid",
    "mechanism",
    "emission_enabled",
    "subtoken_enabled",
    "registration_allowed",
    "owner_cut_enabled",
)
_AMOUNTS_IN_STATE = ("alpha_in_reserve", "alpha_out_supply", "tao_reserve", "ema_halving_blocks")
_RESERVOIRS = ("tao_reservoir", "alpha_reservoir", "protocol_alpha")


def _state(subnet: Json) -> yuma.SubnetState:
    given: Json = {name: subnet[name] for name in _SAME_IN_STATE}
    amounts = [name for name in (*_AMOUNTS_IN_STATE, *_RESERVOIRS) if name in subnet]
    given.update({name: int(subnet[name]) for name in amounts})
    return yuma.SubnetState(
        **given,
        moving_price_raw=int(subnet["moving_price"]),
        miner_burned_raw=int(subnet["miner_burned"]),
        first_emission_block=_number(subnet["first_emission_block"]),
        schedule=yuma.ScheduleState(
            tempo=subnet["tempo"],
            last_epoch_block=int(subnet["last_epoch_block"]),
            pending_epoch_at=int(subnet["pending_epoch_at"]),
            epoch_mode="null" if subnet.get("null_mode") else "yuma",
        ),
    )


def _pending(pending: yuma.Pending) -> list[str]:
    return _texts([pending.server, pending.validator, pending.root, pending.owner_cut])


def _coinbase(rules: str, given: Json) -> Json:
    newer = "gate_bar" in given
    network = yuma.Network(
        rules=rules,
        total_issuance=int(given["total_issuance"]),
        balances_issuance=int(given["balances_issuance"]),
        root_tao=int(given["root_tao"]),
        tao_weight=int(given["tao_weight"]),
        owner_cut=given["owner_cut"],
        moving_alpha_raw=int(given["moving_alpha"]),
        gate=_gate(given),
        max_epochs_per_block=given["max_epochs_per_block"],
    )
    subnets = [_state(subnet) for subnet in given["subnets"]]
    blocks = []
    for step in range(given["blocks"]):
        block = given["start_block"] + step
        subnets = [
            state.replace(pool_price_raw=int(subnet["prices"][step]))
            for state, subnet in zip(subnets, given["subnets"], strict=True)
        ]
        pool: yuma.Pool = yuma.PassivePool()
        if newer:
            answers = {subnet["netuid"]: subnet["pool"][step] for subnet in given["subnets"]}
            pool = _AnsweringPool(answers)
        done = yuma.coinbase(block, network, subnets, pool=pool)
        network, subnets = done.network, done.subnets
        for netuid, target in _at(given["triggers"], block):
            subnets = [
                state.replace(schedule=yuma.trigger_epoch(state.schedule, target))
                if state.netuid == netuid
                else state
                for state in subnets
            ]
        pairs = zip(subnets, done.reports, strict=True)
        blocks.append(
            {
                "block": block,
                "minted": str(done.minted),
                "root_sell_flag": done.root_sell_flag,
                **({"gate_bar": str(network.gate.bar_raw)} if newer else {}),
                "subnets": [_subnet_block(state, report, newer) for state, report in pairs],
                "total_issuance": str(network.total_issuance),
                "balances_issuance": str(network.balances_issuance),
            }
        )
    return {"blocks": blocks}


def _subnet_block(state: yuma.SubnetState, report: yuma.SubnetReport, newer: bool) -> Json:
    reservoirs = {name: str(getattr(state, name)) for name in _RESERVOIRS}
    return {
        "netuid": state.netuid,
        "tao_emission": None if report.terms is None else str(report.terms.tao_emission_raw),
        "excess_tao": str(report.injection.excess_tao),
        "tao_in": str(report.injection.tao_in),
        "alpha_in": str(report.injection.alpha_in),
        "alpha_out": str(report.creation.alpha_out),
        **(reservoirs if newer else {}),
        "pending": _pending(report.pending),
        "drained": None if report.drained is None else _pending(report.drained),
        "tao_reserve": str(state.tao_reserve),
        "alpha_in_reserve": str(state.alpha_in_reserve),
        "alpha_out_supply": str(state.alpha_out_supply),
        "moving_price": str(state.moving_price_raw),
        "root_prop": str(state.root_proportion_raw),
    }


_BOTH = ("subtensor-425", "subtensor-475")
_OLDER, _NEWER = _BOTH[:1], _BOTH[1:]

KINDS: dict[str, tuple[tuple[str, ...], Kind]] = {
    "epoch": (_BOTH, _epoch),
    "epoch-error": (_BOTH, _epoch_error),
    "null-epoch": (_NEWER, _null_epoch),
    "apportion": (_NEWER, _apportion),
    "digest": (_BOTH, _digest),
    "digest-error": (_BOTH, _digest_error),
    "fixed-arith": (_BOTH, _fixed_arith),
    "transcendental": (_BOTH, _transcendental),
    "pow-normalize": (_BOTH, _pow_normalize),
    "mechanism-index": (_BOTH, _mechanism_index),
    "mechanism-split": (_BOTH, _mechanism_split),
    "mechanism-aggregate": (_BOTH, _mechanism_aggregate),
    "epoch-schedule": (_BOTH, _epoch_schedule),
    "epoch-simulation": (_BOTH, _epoch_simulation),
    "weights-upscale": (_BOTH, _weights_upscale),
    "weights-max-limited": (_BOTH, _weights_max_limited),
    "weights-set": (_BOTH, _weights_set),
    "weights-commit-hash": (_BOTH, _weights_commit_hash),
    "stake-weights": (_BOTH, _stake_weights),
    "parent-child-dividends": (_BOTH, _parent_child_dividends),
    "dividend-distribution": (_BOTH, _dividend_distribution),
    "root-claimable": (_OLDER, _root_claimable),
    "distribution": (_BOTH, _distribution),
    "block-emission": (_BOTH, _block_emission),
    "moving-price": (_BOTH, _moving_price),
    "subnet-shares": (_BOTH, _subnet_shares),
    "flow-shares": (_BOTH, _flow_shares),
    "root-proportion": (_BOTH, _root_proportion),
    "root-sell-flag": (_BOTH, _root_sell_flag),
    "subnet-terms": (_BOTH, _subnet_terms),
    "pending-split": (_BOTH, _pending_split),
    "emission-gate-bar": (_NEWER, _emission_gate_bar),
    "coinbase": (_BOTH, _coinbase),
}
"""Every kind: the rules under which it exists, and what computes it."""


if __name__ == "__main__":
    sys.exit(main())
