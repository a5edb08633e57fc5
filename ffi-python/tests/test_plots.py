"""What the plots show is what the outcome says."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import libyuma
import numpy as np
import pytest

pytest.importorskip("matplotlib")

import matplotlib
from libyuma import plots, stages
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[2]
ONE = 1 << 32


def _subnet(case: int) -> tuple[libyuma.Params, libyuma.Subnet]:
    file = json.loads((ROOT / "vectors/data/epoch/large.json").read_text())
    given = file["cases"][case]
    params = libyuma.Params.from_json(given, rules=file["rules"])
    return params, libyuma.Subnet.from_json(given)


@pytest.fixture(scope="module", params=[0, 1], ids=["yuma2", "yuma3"])
def outcome(request: pytest.FixtureRequest) -> libyuma.Outcome:
    return libyuma.epoch(*_subnet(request.param))


@pytest.fixture(scope="module", params=[0, 1], ids=["yuma2", "yuma3"])
def history(request: pytest.FixtureRequest) -> libyuma.History:
    params, subnet = _subnet(request.param)
    return libyuma.History(libyuma.simulate(subnet, 6, params=params))


@pytest.fixture(scope="module")
def nothing() -> libyuma.Outcome:
    subnet = libyuma.Subnet(
        current_block=9,
        rao_emission=5,
        stake_rao=[0, 0],
        last_update=[8, 8],
        validator_permit=[False, False],
        weights=None,
    )
    return libyuma.epoch(libyuma.Params(), subnet)


def _heights(figure: Figure, panel: int) -> list[int]:
    return [int(bar.get_height()) for bar in figure.axes[panel].patches]  # type: ignore[attr-defined]


def _x(line: Any) -> list[Any]:
    return list(line.get_xdata())


def _y(line: Any) -> list[Any]:
    return list(line.get_ydata())


def test_shares(outcome: libyuma.Outcome) -> None:
    figure = plots.plot_shares(outcome)
    for panel, values in enumerate((outcome.incentive, outcome.dividends, outcome.validator_trust)):
        assert _heights(figure, panel) == values.tolist()
        largest = {text.get_text() for text in figure.axes[panel].texts}
        assert str(int(values.argmax())) in largest
    assert [axes.get_ylabel() for axes in figure.axes] == [
        "incentive\n(of 65535)",
        "dividends\n(of 65535)",
        "validator trust\n(of 65535)",
    ]
    assert figure.axes[2].get_xlabel() == "uid"


def test_bonds(outcome: libyuma.Outcome) -> None:
    figure = plots.plot_bonds(outcome)
    shown = figure.axes[0].images[0].get_array()
    assert shown is not None
    dense = outcome.bonds_dense()
    validators, miners = dense.any(axis=1).nonzero()[0], dense.any(axis=0).nonzero()[0]
    assert np.array_equal(np.ma.filled(shown, 0), dense[np.ix_(validators, miners)])
    for axis, uids in ((figure.axes[0].yaxis, validators), (figure.axes[0].xaxis, miners)):
        places = axis.get_ticklocs().astype(int)
        assert [label.get_text() for label in axis.get_ticklabels()] == list(map(str, uids[places]))
        assert len(places) <= 32
    assert figure.axes[1].get_ylabel() == "bond (of 65535, logarithmic; white: none)"


def test_history(history: libyuma.History) -> None:
    figure = plots.plot_history(history)
    upper, lower = figure.axes[:2]
    miner = int(history.incentive[-1].argmax())
    bonds = history.bonds_dense()[:, :, miner]
    order = sorted(range(history.n), key=lambda uid: (history.dividends[-1, uid], uid))[::-1]
    assert [line.get_label() for line in upper.lines] == [f"uid {uid}" for uid in order[:8]]
    for uid, dividends, bond in zip(order[:8], upper.lines, lower.lines, strict=True):
        assert _x(dividends) == [1, 2, 3, 4, 5, 6]
        assert _y(dividends) == history.dividends[:, uid].tolist()
        assert _y(bond) == bonds[:, uid].tolist()
    assert lower.get_ylabel() == f"bond to miner {miner}\n(of 65535)"

    chosen = plots.plot_history(iter(history), miner=3, validators=[166, 24])
    assert [line.get_label() for line in chosen.axes[0].lines] == ["uid 166", "uid 24"]
    assert _y(chosen.axes[1].lines[1]) == history.bonds_dense()[:, 24, 3].tolist()


def _weights(outcome: libyuma.Outcome) -> libyuma.Rows:
    subnet = outcome.subnet
    return stages.masked_weights(
        subnet.weights,
        validator_permit=subnet.validator_permit,
        last_update=subnet.last_update,
        block_at_registration=subnet.block_at_registration,
        owner_uid=subnet.owner_uid,
        commit_block=subnet.commit_block if outcome.params.commit_reveal else None,
    )


def _bits(heights: list[float]) -> list[int]:
    bits = [height * ONE for height in heights]
    assert all(each == int(each) for each in bits)
    return list(map(int, bits))


def test_clipping_of_a_validator(outcome: libyuma.Outcome) -> None:
    weights = _weights(outcome)
    for validator in np.flatnonzero(outcome.validator_trust)[:10].tolist():
        miners, given = weights.row(validator)
        order = sorted(range(len(given)), key=lambda at: (given[at], at))[::-1][:40]
        axes = plots.plot_clipping(outcome, validator=validator).axes[0]
        labels = [label.get_text() for label in axes.get_xticklabels()]
        assert labels == [str(miners[at]) for at in order]
        kept = _bits([bar.get_height() for bar in axes.containers[0]])
        consensus = outcome.raw.consensus
        assert kept == [min(int(given[at]), int(consensus[miners[at]])) for at in order]
        cut = [_bits([bar.get_height()])[0] for bars in axes.containers[1:] for bar in bars]
        lost = [int(given[at]) - left for at, left in zip(order, kept, strict=True)]
        assert cut == [each for each in lost if each]
        if len(given) <= 40:
            assert sum(kept) == outcome.raw.validator_trust[validator]
        lines = axes.collections[0].get_segments()  # type: ignore[attr-defined]
        assert _bits([line[0][1] for line in lines]) == [int(consensus[miners[at]]) for at in order]


def test_clipping_of_a_miner(outcome: libyuma.Outcome) -> None:
    clipped = stages.clip(_weights(outcome), outcome.raw.consensus).to_dense(outcome.n)
    stake = outcome.raw.active_stake
    for miner in np.flatnonzero(outcome.incentive)[:10].tolist():
        axes = plots.plot_clipping(outcome, miner=miner).axes[0]
        bars = [*axes.containers[0]]
        kept, wide = (
            _bits([getattr(bar, of)() for bar in bars]) for of in ("get_height", "get_width")
        )
        expected = [(int(clipped[uid, miner]), int(stake[uid])) for uid in np.flatnonzero(stake)]
        assert sorted(zip(kept, wide, strict=True)) == sorted(expected)
        consensus, kappa = axes.lines
        assert _bits(_y(consensus)) == [int(outcome.raw.consensus[miner])] * 2
        assert _x(kappa)[0] == outcome.params.kappa / 65535


def test_issuance() -> None:
    upper, lower = plots.plot_issuance().axes[:2]
    halvings = libyuma.halvings()
    blocks = [int(block) for block in _x(upper.lines[0])]
    assert len(blocks) == len(halvings) == 31
    for block, coins in zip(blocks, _y(upper.lines[0]), strict=True):
        assert coins == libyuma.emission_over(0, block) / 10**9
    assert [int(reward) for reward in _y(lower.lines[0])] == [one.reward for one in halvings]
    assert [int(block) for block in _x(lower.lines[0])] == blocks
    assert libyuma.emission_over(0, blocks[-1]) == libyuma.emission_over(0, 2**63)


@pytest.mark.parametrize("issuance", [0, 5, 10**16, 10_900_000_000_000_000, 21 * 10**15, 2**64 - 1])
def test_marked_issuance(issuance: int) -> None:
    upper = plots.plot_issuance(issuance=issuance).axes[0]
    block = int(_x(upper.lines[-1])[0])
    reached = libyuma.emission_over(0, block)
    assert reached <= issuance
    assert issuance >= 20_999_999_980_442_226 or issuance - reached < 10**9
    assert f"{libyuma.block_emission(issuance):,} rao per block" in upper.texts[-1].get_text()


Draw = Callable[[], Figure]


def _all(outcome: libyuma.Outcome) -> list[Draw]:
    return [
        lambda: plots.plot_shares(outcome),
        lambda: plots.plot_bonds(outcome),
        lambda: plots.plot_history([outcome]),
        lambda: plots.plot_clipping(outcome, validator=1),
        lambda: plots.plot_clipping(outcome, miner=0),
        lambda: plots.plot_issuance(issuance=5),
    ]


def test_pictures_have_1200_by_800_pixels_whatever_there_is_to_see(
    outcome: libyuma.Outcome, nothing: libyuma.Outcome
) -> None:
    before = dict(matplotlib.rcParams)
    for draw in _all(outcome) + _all(nothing):
        picture = io.BytesIO()
        figure = draw()
        figure.savefig(picture)
        assert struct.unpack(">II", picture.getvalue()[16:24]) == (1200, 800)
        for axes in figure.axes:
            assert axes.get_ylabel()
        assert any(axes.get_xlabel() for axes in figure.axes)
    assert dict(matplotlib.rcParams) == before


def test_no_window_and_no_interactive_backend() -> None:
    code = "import sys; from libyuma import plots; plots.plot_issuance(); print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "matplotlib.pyplot" not in loaded


def test_refused(nothing: libyuma.Outcome) -> None:
    def refused(call: Callable[..., Any], *given: Any, **named: Any) -> tuple[Any, ...]:
        with pytest.raises(libyuma.YumaError) as raised:
            call(*given, **named)
        return raised.value.code, raised.value.field, raised.value.limit

    assert refused(plots.plot_clipping, nothing) == ("type", "validator", None)
    assert refused(plots.plot_clipping, nothing, validator=0, miner=0)[0] == "type"
    assert refused(plots.plot_clipping, nothing, validator=2) == ("range", "validator", 1)
    assert refused(plots.plot_clipping, nothing, miner=-1) == ("range", "miner", 1)
    assert refused(plots.plot_history, []) == ("length", "history", None)
    assert refused(plots.plot_history, [nothing], miner=2) == ("range", "miner", 1)
    assert refused(plots.plot_history, [nothing], validators=[0, 2]) == ("range", "validators", 1)
    assert refused(plots.plot_issuance, issuance=-1) == ("negative", "issuance", 0)
    assert refused(plots.plot_issuance, issuance=2**64)[:2] == ("range", "issuance")
    assert refused(plots.plot_issuance, issuance=1.0)[:2] == ("type", "issuance")
