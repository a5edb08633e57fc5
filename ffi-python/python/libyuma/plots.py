"""Pictures of an epoch, of its history, and of the issuance; needs the extra ``plots``.

Every function returns a matplotlib ``Figure`` of 1200 × 800 pixels: no window is opened, no global
setting is changed. ``figure.savefig("shares.png")`` writes it.

Floats exist in this module alone, and only as positions on paper.

>>> import libyuma
>>> from libyuma import plots
>>> plots.plot_issuance().axes[0].get_ylabel()
'issuance (coins)'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

try:
    from matplotlib.colors import LogNorm
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, MultipleLocator
except ImportError as missing:
    message = "plots need matplotlib: pip install 'libyuma[plots]'"
    raise ModuleNotFoundError(message, name="matplotlib") from missing

from . import stages
from ._emission import block_emission, halvings, next_halving
from ._outcome import Outcome
from ._rows import Rows
from ._simulate import History
from .errors import refusal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_bonds", "plot_clipping", "plot_history", "plot_issuance", "plot_shares"]

# Okabe and Ito's colours stay apart for every kind of colour vision; the order is that of use.
_BLUE, _ORANGE, _GREEN, _VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
_LINES = (_BLUE, _ORANGE, _GREEN, _VERMILION, "#56B4E9", "#CC79A7", "#000000", "#8C6D1F")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_GREY, _FAINT = "#595959", "#D9D9D9"

_SHARE = 65535
_ONE = 2**32
"""The bits of 1 as I32F32."""
_BLOCKS_PER_YEAR = 7200 * 365


def plot_shares(outcome: Outcome) -> Figure:
    """Incentive, dividends and validator trust by uid, as the chain stores them.

    >>> import libyuma
    >>> from libyuma import plots
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> figure = plots.plot_shares(libyuma.epoch(libyuma.Params(), subnet))
    >>> [int(bar.get_height()) for bar in figure.axes[0].patches]
    [0, 0, 50411, 15123]
    """
    figure = _figure(f"Shares of the epoch at block {outcome.subnet.current_block}", outcome.rules)
    panels = figure.subplots(3, 1, sharex=True)
    shown = (
        (panels[0], "incentive", outcome.incentive, _BLUE, "miners' reward"),
        (panels[1], "dividends", outcome.dividends, _ORANGE, "validators' reward"),
        (panels[2], "validator trust", outcome.validator_trust, _GREEN, "own weights kept"),
    )
    for axes, name, values, colour, whole in shown:
        axes.bar(np.arange(outcome.n), values, width=0.8, color=colour, linewidth=0)
        axes.set_ylabel(f"{name}\n(of {_SHARE})")
        axes.set_ylim(0, max(1, int(values.max(initial=0))) * 1.15)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        _name_largest(axes, values)
        _percent_axis(axes, _SHARE, f"% of {whole}")
        _plain(axes)
    panels[2].set_xlabel("uid")
    _uid_axis(panels[2], outcome.n)
    return figure


def plot_bonds(outcome: Outcome) -> Figure:
    """The bonds the epoch leaves, a row for each validator that has any, in the order of uids.

    The colours are logarithmic: bonds differ by orders of magnitude. What is empty is 0.
    """
    figure = _figure(
        f"Bonds after the epoch at block {outcome.subnet.current_block}", outcome.rules
    )
    axes = figure.subplots()
    dense = outcome.bonds_dense()
    validators = np.flatnonzero(dense.any(axis=1))
    axes.set_xlabel("miner (uid)")
    axes.set_ylabel("validator (uid)")
    if not len(validators):
        axes.set_xticks([])
        axes.set_yticks([])
        axes.text(0.5, 0.5, "no bonds", ha="center", va="center", transform=axes.transAxes)
        return figure
    held = dense[validators]
    miners = np.flatnonzero(held.any(axis=0))
    held = held[:, miners]
    image = axes.imshow(
        np.ma.masked_equal(held, 0),
        aspect="auto",
        interpolation="nearest",
        cmap="viridis_r",
        norm=LogNorm(1, _SHARE),
    )
    _ticks_of_uids(axes.yaxis, validators, most=32)
    _ticks_of_uids(axes.xaxis, miners, most=24)
    bar = figure.colorbar(image, ax=axes, pad=0.02)
    bar.set_label(f"bond (of {_SHARE}, logarithmic; white: none)")
    bar.set_ticks(
        [1, 10, 100, 1000, 10000, _SHARE], labels=["1", "10", "100", "1000", "10000", "65535"]
    )
    bar.minorticks_off()
    return figure


def plot_history(
    history: History | Iterable[Outcome],
    *,
    miner: int | None = None,
    validators: Sequence[int] | None = None,
) -> Figure:
    """Dividends of validators, and their bonds to one miner, epoch after epoch.

    ``miner``: by default the one with the largest incentive at the end. ``validators``: by default
    the eight with the largest dividends at the end; more than eight share colours.

    Raises :class:`YumaError` with code ``length`` for a history without an epoch, and ``range`` for
    a uid that is not in the subnet.
    """
    past = history if isinstance(history, History) else History(history)
    if not len(past):
        raise refusal("length", "history", 0, None, "the history has no epoch")
    last = past[-1]
    if miner is None:
        miner = int(np.argmax(last.incentive))
    if validators is None:
        order = np.argsort(last.dividends, kind="stable")[::-1][: len(_LINES)]
        validators = [int(uid) for uid in order if past.dividends[:, uid].any()]
    _check_uid("miner", miner, past.n)
    for uid in validators:
        _check_uid("validators", uid, past.n)

    figure = _figure(f"{_count(len(past), 'epoch')} from block {past.block[0]}", last.rules)
    upper, lower = figure.subplots(2, 1, sharex=True)
    epochs = np.arange(1, len(past) + 1)
    bonds = np.array([_column(outcome.bonds, miner) for outcome in past])
    for position, uid in enumerate(validators):
        colour = _LINES[position % len(_LINES)]
        for axes, values in ((upper, past.dividends[:, uid]), (lower, bonds[:, uid])):
            axes.plot(
                epochs,
                values,
                color=colour,
                linewidth=2,
                marker=_MARKERS[position % len(_MARKERS)],
                markersize=7,
                # Lines may coincide: each has its marks at epochs of its own.
                markevery=(position % len(epochs), min(len(epochs), len(_MARKERS))),
                label=f"uid {uid}",
            )
    for axes, label, whole in (
        (upper, "dividends", "validators' reward"),
        (lower, f"bond to miner {miner}", "a full bond"),
    ):
        axes.set_ylabel(f"{label}\n(of {_SHARE})")
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        _percent_axis(axes, _SHARE, f"% of {whole}")
        _plain(axes)
    lower.set_xlabel("epoch")
    lower.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    if len(validators):
        handles, labels = upper.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside right center", frameon=False, title="validator")
    return figure


def plot_clipping(
    outcome: Outcome, *, validator: int | None = None, miner: int | None = None
) -> Figure:
    """Weights before and after consensus: those of one validator, or those that one miner got.

    Of a validator: its 40 largest normalised weights, and where the consensus of their miners cuts
    them. Of a miner: who gave how much, each as wide as its active stake, from the largest weight
    to the smallest; consensus is the height at which kappa of the stake is reached.

    Raises :class:`YumaError` with code ``type`` unless exactly one of the two is given, and
    ``range`` for a uid that is not in the subnet.
    """
    if (validator is None) == (miner is None):
        raise refusal("type", "validator", None, None, "give either validator or miner")
    subnet, params = outcome.subnet, outcome.params
    weights = stages.masked_weights(
        subnet.weights,
        validator_permit=subnet.validator_permit,
        last_update=subnet.last_update,
        block_at_registration=subnet.block_at_registration,
        owner_uid=subnet.owner_uid,
        commit_block=subnet.commit_block if params.commit_reveal else None,
    )
    if validator is not None:
        _check_uid("validator", validator, outcome.n)
        return _clipping_of_validator(outcome, weights, validator)
    assert miner is not None
    _check_uid("miner", miner, outcome.n)
    return _clipping_of_miner(outcome, weights, miner)


def _clipping_of_validator(outcome: Outcome, weights: Rows, validator: int) -> Figure:
    miners, given = weights.row(validator)
    order = np.argsort(given, kind="stable")[::-1][:40]
    miners, given = miners[order], given[order]
    consensus = outcome.raw.consensus[miners]
    kept = np.minimum(given, consensus)
    figure = _figure(f"Weights of validator {validator}, before and after consensus", outcome.rules)
    axes = figure.subplots()
    places = np.arange(len(miners))
    axes.bar(places, kept / _ONE, width=0.8, color=_BLUE, label="kept")
    _cut(axes, places, given, kept, 0.8)
    axes.hlines(
        consensus / _ONE,
        places - 0.45,
        places + 0.45,
        color="black",
        linewidth=2,
        label="consensus",
    )
    axes.set_xticks(places, labels=[str(uid) for uid in miners.tolist()])
    axes.tick_params(axis="x", labelrotation=90 if len(miners) > 20 else 0)
    axes.set_xlim(-0.6, max(len(miners), 1) - 0.4)
    few = (
        ""
        if len(weights.row(validator)[0]) <= len(miners)
        else f", the {len(miners)} largest weights"
    )
    axes.set_xlabel(f"miner (uid){few}")
    axes.set_ylabel("normalised weight (% of the row)")
    _weights_axis(axes, [*given.tolist(), *consensus.tolist()])
    _legend_below(figure, axes)
    return figure


def _clipping_of_miner(outcome: Outcome, weights: Rows, miner: int) -> Figure:
    given = _column(weights, miner)
    stake = outcome.raw.active_stake
    voters = np.flatnonzero(stake)
    # Whoever gives nothing stands at the end, as wide as its stake: that is what consensus counts.
    voters = voters[np.argsort(given[voters], kind="stable")[::-1]]
    given, width = given[voters], stake[voters]
    consensus = int(outcome.raw.consensus[miner])
    kept = np.minimum(given, consensus)
    left = (np.cumsum(width) - width) / _ONE
    figure = _figure(f"Weights that miner {miner} got, before and after consensus", outcome.rules)
    axes = figure.subplots()
    axes.bar(
        left,
        kept / _ONE,
        width=width / _ONE,
        align="edge",
        color=_BLUE,
        edgecolor="white",
        linewidth=0.7,
        label="kept",
    )
    _cut(axes, left, given, kept, width / _ONE, align="edge")
    axes.axhline(consensus / _ONE, color="black", linewidth=2, label="consensus")
    kappa = outcome.params.kappa / _SHARE
    axes.axvline(kappa, color=_GREEN, linewidth=2, linestyle="--", label=f"kappa ({kappa:.1%})")
    top = max([*given.tolist(), consensus, 1])
    for uid, begin, wide, height in zip(voters, left, width / _ONE, given / _ONE, strict=True):
        if wide >= 0.018 and height:
            axes.text(
                begin + wide / 2, height + top / _ONE * 0.012, str(uid), ha="center", color=_GREY
            )
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(FuncFormatter(_percent))
    axes.set_xlabel("active stake (% of all), validators by weight; the number is the uid")
    axes.set_ylabel("normalised weight (% of the validator's row)")
    _weights_axis(axes, [top])
    _legend_below(figure, axes)
    return figure


def plot_issuance(*, issuance: int | None = None) -> Figure:
    """The issuance and the reward per block, from the first rao to the last halving.

    If nothing is recycled: what is recycled puts halvings off. ``issuance``: marks where an
    issuance in rao stands. It holds for TAO, and for every subnet's alpha.
    """
    blocks, reached, rewards = [0], [0], [halvings()[0].reward]
    while (ahead := next_halving(reached[-1])) is not None:
        blocks.append(blocks[-1] + ahead.blocks)
        reached.append(reached[-1] + ahead.blocks * ahead.reward)
        rewards.append(ahead.reward_after)
    figure = _figure("Issuance and reward, to the last halving", None)
    upper, lower = figure.subplots(2, 1, sharex=True)
    upper.plot(blocks, [amount / 10**9 for amount in reached], color=_BLUE, linewidth=2)
    upper.set_ylabel("issuance (coins)")
    upper.set_ylim(0, 23_000_000)
    upper.yaxis.set_major_locator(MultipleLocator(5_000_000))
    upper.axhline(21_000_000, color=_GREY, linewidth=1, linestyle="--")
    upper.text(blocks[-1], 21_150_000, "21 million", ha="right", va="bottom", color=_GREY)
    upper.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value / 10**6:.0f} M" if value else "0")
    )
    # The logarithm has no place for the 0 at the end: the line falls off instead.
    lower.step(
        blocks,
        [max(reward, 0.5) for reward in rewards],
        where="post",
        color=_VERMILION,
        linewidth=2,
    )
    lower.set_yscale("log")
    lower.yaxis.set_major_locator(LogLocator(10, numticks=12))
    lower.minorticks_off()
    lower.set_ylim(0.5, 3 * rewards[0])
    lower.set_ylabel("reward per block (rao, logarithmic)")
    lower.set_xlabel("block (millions), counted from the first rao")
    lower.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / 10**6:.0f}"))
    lower.set_xlim(0, blocks[-1] * 1.02)
    years = upper.secondary_xaxis(
        "top",
        functions=(lambda block: block / _BLOCKS_PER_YEAR, lambda year: year * _BLOCKS_PER_YEAR),
    )
    years.set_xlabel("years, at 7200 blocks a day")
    for axes in (upper, lower):
        _plain(axes)
        axes.grid(axis="x", color=_FAINT, linewidth=0.8)
    if issuance is not None:
        _mark_issuance(upper, lower, issuance, blocks, reached)
    return figure


def _mark_issuance(
    upper: Axes, lower: Axes, issuance: int, blocks: list[int], reached: list[int]
) -> None:
    """Draws where an issuance stands on the way: that many blocks at its reward into its era."""
    reward = block_emission(issuance)
    era = max(index for index, amount in enumerate(reached) if amount <= issuance)
    block = blocks[era] + ((issuance - reached[era]) // reward if reward else 0)
    for axes, height in ((upper, issuance / 10**9), (lower, max(reward, 0.5))):
        axes.axvline(block, color="black", linewidth=1, linestyle=":")
        axes.plot([block], [height], "o", color="black", markersize=7)
    upper.annotate(
        f"{issuance // 10**9:,} coins, {reward:,} rao per block",
        (block, issuance / 10**9),
        xytext=(12, -14),
        textcoords="offset points",
    )


def _name_largest(axes: Axes, values: npt.NDArray[np.uint16]) -> None:
    """Writes the uid on the three tallest bars, but not on one beside another that has its own."""
    named: list[int] = []
    for uid in np.argsort(values, kind="stable")[::-1][:3].tolist():
        if values[uid] and all(abs(uid - other) > len(values) // 40 for other in named):
            named.append(uid)
            axes.annotate(
                str(uid),
                (uid, int(values[uid])),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                color=_GREY,
            )


def _cut(
    axes: Axes,
    places: npt.NDArray[Any],
    given: npt.NDArray[np.int64],
    kept: npt.NDArray[np.int64],
    width: Any,
    align: Literal["center", "edge"] = "center",
) -> None:
    """What is above consensus, hatched: told from the rest without colour, too."""
    cut = given > kept
    if not cut.any():
        return
    axes.bar(
        places[cut],
        (given - kept)[cut] / _ONE,
        bottom=kept[cut] / _ONE,
        width=np.broadcast_to(width, cut.shape)[cut],
        align=align,
        facecolor="white",
        edgecolor=_VERMILION,
        linewidth=0.7,
        hatch="////",
        label="clipped",
    )


def _legend_below(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)


def _column(rows: Rows, column: int) -> npt.NDArray[np.int64]:
    """One column of a sparse matrix, an element per row; of a repeated entry the last."""
    row = np.repeat(np.arange(rows.row_count), rows.offsets[1:] - rows.offsets[:-1])
    values = np.zeros(rows.row_count, dtype=np.int64)
    here = rows.columns == column
    values[row[here]] = rows.values[here]
    return values


def _check_uid(field: str, uid: int, n: int) -> None:
    if not 0 <= uid < n:
        raise refusal("range", field, None, n - 1, f"{field}: uid {uid} is not in a subnet of {n}")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _figure(title: str, rules: str | None) -> Figure:
    figure = Figure(figsize=(12, 8), dpi=100, layout="constrained")
    layout = figure.get_layout_engine()
    if isinstance(layout, ConstrainedLayoutEngine):
        layout.set(w_pad=0.12, h_pad=0.12)
    figure.suptitle(title if rules is None else f"{title}  ·  {rules}", fontsize=15)
    return figure


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)


def _percent(value: float, _: object = None) -> str:
    return f"{100 * value:g}"


def _percent_axis(axes: Axes, whole: int, label: str) -> None:
    def percent(value: Any) -> Any:
        return value * 100 / whole

    def back(part: Any) -> Any:
        return part * whole / 100

    right = axes.secondary_yaxis("right", functions=(percent, back))
    right.set_ylabel(label, color=_GREY)
    right.tick_params(colors=_GREY)
    right.yaxis.set_major_locator(MaxNLocator(5))


def _weights_axis(axes: Axes, raw: Sequence[int]) -> None:
    axes.set_ylim(0, max([*raw, 1]) / _ONE * 1.1)
    axes.yaxis.set_major_formatter(FuncFormatter(_percent))
    _plain(axes)


def _uid_axis(axes: Axes, n: int) -> None:
    axes.set_xlim(-0.8, n - 0.2)
    axes.xaxis.set_major_locator(MaxNLocator(16, integer=True))


def _ticks_of_uids(axis: Any, uids: npt.NDArray[Any], most: int) -> None:
    step = max(1, -(-len(uids) // most))
    places = np.arange(0, len(uids), step)
    axis.set_ticks(places, labels=[str(uid) for uid in uids[places].tolist()])
