"""Sweeps: every executor gives the same table, and bad grids are refused where they are bad."""

from __future__ import annotations

import itertools
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import libyuma
import numpy as np
import pytest

GRID: dict[str, Any] = {
    "kappa": [20000, 32767, 45874],
    "yuma3": [False, True],
    "bonds_moving_average": (900_000, 975_000),
}


def six() -> libyuma.Subnet:
    random = np.random.default_rng(5)
    weights = np.zeros((6, 6), dtype=np.uint16)
    weights[:3, 3:] = random.integers(1, 65535, (3, 3))
    return libyuma.Subnet(
        current_block=5000,
        last_step_block=4640,
        rao_emission=10**12,
        stake_rao=[700, 500, 300, 0, 0, 0],
        last_update=[4990] * 6,
        validator_permit=[True] * 3 + [False] * 3,
        weights=weights,
    )


def sum_of_squares(history: libyuma.History) -> dict[str, int]:
    return {"squares": sum(value * value for value in history[-1].incentive.tolist())}


def expected() -> libyuma.SweepTable:
    return libyuma.sweep(six(), GRID, params=libyuma.Params(), epochs=3, progress=False)


def test_rows_are_the_simulations() -> None:
    table = expected()
    combinations = list(itertools.product(*GRID.values()))
    assert len(table) == len(combinations) == 12
    assert table.parameters == tuple(GRID)
    for row, values in zip(table, combinations, strict=True):
        assert tuple(row[name] for name in GRID) == values
        params = libyuma.Params(**dict(zip(GRID, values, strict=True)))
        outcomes = list(libyuma.simulate(six(), 3, params=params))
        assert row["emission"] == sum(sum(one.emission.tolist()) for one in outcomes)
        assert row["largest_incentive"] == outcomes[-1].incentive.max()
    assert len(set(table["largest_incentive"].tolist())) > 1
    assert table["kappa"].dtype == np.int64
    assert table["yuma3"].dtype == np.bool_
    assert all(column.dtype.kind in "biu" for column in table.columns.values())
    with pytest.raises(ValueError, match="read-only"):
        table["kappa"][0] = 1


def test_threads_and_processes() -> None:
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2) as processes:
        for executor in (threads, processes):
            for _ in range(2):  # the caller's executor stays open
                table = libyuma.sweep(
                    six(),
                    GRID,
                    params=libyuma.Params(),
                    epochs=3,
                    executor=executor,
                    progress=False,
                )
                assert table == expected()
        measured = libyuma.sweep(
            six(),
            GRID,
            params=libyuma.Params(),
            executor=processes,
            measure=sum_of_squares,
            progress=False,
        )
    assert measured.measures == ("squares",)
    assert measured["squares"].dtype == np.int64


def test_dask() -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        table = libyuma.sweep(
            six(),
            GRID,
            params=libyuma.Params(),
            epochs=3,
            executor=client.get_executor(),
            progress=False,
        )
        with pytest.raises(libyuma.YumaError) as refused:
            libyuma.sweep(
                six(),
                GRID,
                params=libyuma.Params(),
                executor=client.get_executor(),
                measure=[9],
                progress=False,
            )
    assert table == expected()
    assert (refused.value.field, refused.value.index, refused.value.limit) == ("uids", 0, 5)


def test_chosen_uids() -> None:
    measure = libyuma.OfUids([4, 0], fields=["emission", "dividends", "validator_permit"])
    table = libyuma.sweep(
        six(),
        {"kappa": [32767]},
        params=libyuma.Params(),
        epochs=2,
        measure=measure,
        progress=False,
    )
    outcomes = list(libyuma.simulate(six(), 2, params=libyuma.Params()))
    assert next(iter(table)) == {
        "kappa": 32767,
        "emission[4]": sum(int(one.emission[4]) for one in outcomes),
        "dividends[4]": int(outcomes[-1].dividends[4]),
        "validator_permit[4]": False,
        "emission[0]": sum(int(one.emission[0]) for one in outcomes),
        "dividends[0]": int(outcomes[-1].dividends[0]),
        "validator_permit[0]": True,
    }
    short = libyuma.sweep(six(), {}, params=libyuma.Params(), measure=[4], progress=False)
    assert list(short.columns) == ["incentive[4]", "dividends[4]", "emission[4]"]
    assert len(short) == 1


def test_rules_and_modes_are_parameters_too() -> None:
    grid = {"rules": ["subtensor-425", "subtensor-475"], "consensus_mode": ["auto", "current"]}
    table = libyuma.sweep(
        six(),
        grid,
        params=libyuma.Params(yuma3=True, liquid_alpha=True),
        epochs=4,
        measure=[0],
        progress=False,
    )
    dividends = table["dividends[0]"].tolist()
    assert dividends[0] == dividends[1] == dividends[3]
    assert table["rules"].dtype.kind == "U"


def test_table_shown_and_handed_on() -> None:
    table = expected()
    lines = repr(table).splitlines()
    assert len({len(line) for line in lines[:-1] if line.endswith(lines[1][-3:])}) == 1
    assert lines[0].split()[:3] == list(GRID)
    assert lines[-1] == "(12 rows)"
    many = libyuma.sweep(
        six(), {"kappa": range(0, 65536, 1000)}, params=libyuma.Params(), progress=False
    )
    assert "…" in repr(many)
    assert len(repr(many).splitlines()) == 23
    assert pickle.loads(pickle.dumps(table)) == table
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    frame = table.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame["emission"].tolist() == table["emission"].tolist()
    other = table.to_polars()
    assert isinstance(other, polars.DataFrame)
    assert other["emission"].to_list() == table["emission"].tolist()


def test_numbers_of_any_size_stay_exact() -> None:
    table = libyuma.Table({"a": [1 << 63, 5], "b": [1 << 64, -1], "c": [-1, 2]})
    assert table["a"].dtype == np.uint64
    assert table["b"].tolist() == [1 << 64, -1]
    assert list(table) == [{"a": 1 << 63, "b": 1 << 64, "c": -1}, {"a": 5, "b": -1, "c": 2}]


def test_progress(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    libyuma.sweep(six(), {"kappa": [1, 2]}, params=libyuma.Params())
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "2/2" in shown.err
    for progress in (None, False):  # None: stderr is no terminal here
        libyuma.sweep(six(), {"kappa": [1, 2]}, params=libyuma.Params(), progress=progress)
        assert capsys.readouterr().err == ""


def test_no_bar_without_tqdm(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert len(libyuma.sweep(six(), {"kappa": [1, 2]}, params=libyuma.Params())) == 2
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("grid", "code", "field", "index"),
    [
        ({"kappa": [1, 70000]}, "range", "kappa", 1),
        ({"kappa": [1, 2, -1]}, "negative", "kappa", 2),
        ({"kappa": [0.5]}, "type", "kappa", 0),
        ({"kappa": np.array([0.5])}, "type", "kappa", 0),
        ({"kappa": [None]}, "type", "kappa", 0),
        ({"yuma3": [True, 1]}, "type", "yuma3", 1),
        ({"kappa": []}, "length", "kappa", 0),
        ({"kappa": 5}, "type", "kappa", None),
        ({"consensus_mode": "auto"}, "type", "consensus_mode", None),
        ({"kapa": [1]}, "type", "kapa", None),
        ({3: [1]}, "type", "3", None),
        ({"rules": ["subtensor-475", "subtensor-999"]}, "unknown_rules", "rules", 1),
        ([("kappa", [1])], "type", "grid", None),
    ],
)
def test_bad_grids(grid: Any, code: str, field: str, index: int | None) -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.sweep(six(), grid, params=libyuma.Params(), progress=False)
    error = refused.value
    assert (error.code, error.field, error.index) == (code, field, index)


def one_float(_: libyuma.History) -> dict[str, Any]:
    return {"share": 0.5}


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ({"epochs": 0}, "range", "epochs"),
        ({"epochs": 1.5}, "type", "epochs"),
        ({"measure": [0, 6]}, "range", "uids"),
        ({"measure": [0, -1]}, "negative", "uids"),
        ({"measure": [0.0]}, "type", "uids"),
        ({"measure": one_float}, "type", "measure"),
        ({"measure": 3}, "type", "measure"),
        ({"params": 3}, "type", "params"),
        ({"subnet": 3}, "type", "subnet"),
        ({"executor": 3}, "type", "executor"),
        ({"blocks": -3}, "negative", "blocks"),
    ],
)
def test_bad_arguments(arguments: dict[str, Any], code: str, field: str) -> None:
    given: dict[str, Any] = {
        "subnet": six(),
        "grid": {"kappa": [1]},
        "params": libyuma.Params(),
        "progress": False,
    }
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.sweep(**{**given, **arguments})
    assert (refused.value.code, refused.value.field) == (code, field)


def test_unknown_field_of_uids() -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.OfUids([0], fields=("incentive", "bonds"))
    assert (refused.value.field, refused.value.index) == ("fields", 1)
