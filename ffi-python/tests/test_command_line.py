"""The command `yuma`: what it prints, for people and machines, and how it fails."""

from __future__ import annotations

import glob
import gzip
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import libyuma
import pytest

pytest.importorskip("typer")
pytest.importorskip("rich")

from libyuma._command_line.commands import application

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "vectors/data"
LARGE = str(VECTORS / "epoch/large.json")
YUMA2, YUMA3 = "large-256-64-yuma2", "large-256-64-yuma3-liquid"
NULL_BUDGETS = ("mining", "dividend", "fallback")
COMMANDS = (
    *("epoch", "simulate", "sweep", "explain", "replay", "digest", "plot"),
    *("halving", "emission", "upscale", "commit-hash", "verify"),
)


class Run(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.count("\n") == 1
        return json.loads(self.out, parse_float=pytest.fail)


Yuma = Callable[..., Run]


@pytest.fixture
def yuma(capsys: pytest.CaptureFixture[str]) -> Yuma:
    def run(*arguments: object) -> Run:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            application(list(map(str, arguments)), prog_name="yuma")
        printed = capsys.readouterr()
        code = ended.value.code
        return Run(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


@pytest.fixture(scope="module")
def case() -> Any:
    return json.loads(Path(LARGE).read_text())["cases"][0]


@pytest.fixture(scope="module")
def outcome(case: Any) -> libyuma.Outcome:
    params = libyuma.Params.from_json(case, rules="subtensor-425")
    return libyuma.epoch(params, libyuma.Subnet.from_json(case))


# Every command.


def test_epoch(yuma: Yuma, outcome: libyuma.Outcome) -> None:
    ran = yuma("epoch", LARGE, "--top", 3)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"{YUMA2}: epoch of 256 neurons, 64 validators, at block 5000663")
    largest = int(outcome.emission.argmax())
    rao = int(outcome.emission[largest])
    cells = lines[3].split()
    assert cells[0] == str(largest)
    assert cells[-2:] == [str(rao), f"{rao // 10**9}.{rao % 10**9:09}"]
    assert str(int(outcome.incentive[largest])) in cells
    total = sum(outcome.emission.tolist())
    assert lines[-2].split()[-2] == str(total)
    assert len(lines) == 3 + 3 + 3


@pytest.mark.parametrize("file", ["large", "ties", "chains"])
def test_epoch_for_machines_is_what_vectors_expect(yuma: Yuma, file: str) -> None:
    path = VECTORS / f"epoch/{file}.json"
    for case in json.loads(path.read_text())["cases"][:4]:
        ran = yuma("epoch", path, "--case", case["name"], "--json")
        assert ran.code == 0
        assert ran.json == {
            "name": case["name"],
            "rules": "subtensor-425",
            "result": case["expect"],
        }


def test_input_may_be_a_case_an_input_gzipped_or_standard(
    yuma: Yuma, case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, given in (("case", case), ("input", case["input"])):
        text = json.dumps(given)
        path = tmp_path / f"{name}.json"
        path.write_text(text)
        (tmp_path / f"{name}.json.gz").write_bytes(gzip.compress(text.encode()))
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        for source in (path, f"{path}.gz", "-"):
            ran = yuma("epoch", source, "--rules", "subtensor-425", "--json")
            assert ran.json["result"] == case["expect"]
        assert yuma("epoch", path, "--json").json["rules"] == "subtensor-475"


def test_simulate(yuma: Yuma, case: Any) -> None:
    params = libyuma.Params.from_json(case, rules="subtensor-475")
    subnet = libyuma.Subnet.from_json(case)
    history = libyuma.History(libyuma.simulate(subnet, 3, params=params))
    common = ("simulate", LARGE, "--epochs", 3, "--rules", "subtensor-475")
    ran = yuma(*common, "--show", "dividends", "--uid", 166, "--uid", 86)
    rows = [line.split() for line in ran.out.splitlines()[3:]]
    for number, (row, block) in enumerate(zip(rows, history.block.tolist(), strict=True)):
        dividends = history.dividends[number].tolist()
        assert row[:2] == [str(number + 1), str(block)]
        assert row[3:] == [str(dividends[166]), str(dividends[86]), str(sum(dividends))]
    machine = yuma(*common, "--json").json
    assert machine["rules"] == "subtensor-475"
    for number, step in enumerate(machine["epochs"]):
        assert step["block"] == str(history.block[number])
        assert step["incentive"] == history.incentive[number].tolist()
        assert step["emission"] == list(map(str, history.emission[number].tolist()))
        assert step["bonds"] == history.bonds(number).to_lists()


def test_simulate_without_new_weights(yuma: Yuma) -> None:
    common = ("simulate", LARGE, "--epochs", 2, "--blocks", 5000, "--json")
    stale, fresh = (yuma(*common, *more).json["epochs"][1] for more in (["--stale"], []))
    assert stale["block"] == fresh["block"] == str(5000663 + 5000)
    assert not any(stale["active"])
    assert any(fresh["active"])


def test_sweep(yuma: Yuma, case: Any) -> None:
    params = libyuma.Params.from_json(case, rules="subtensor-425")
    subnet = libyuma.Subnet.from_json(case)
    grid: dict[str, list[Any]] = {"kappa": [20000, 30000, 40000], "yuma3": [False, True]}
    expected = libyuma.sweep(subnet, grid, params=params, progress=False, measure=[24])
    common = ("sweep", LARGE, "--set", "kappa=20000:40000:10000", "--set", "yuma3=false,true")
    rows = yuma(*common, "--uid", 24, "--json").json["rows"]
    assert [row["emission[24]"] for row in rows] == list(map(str, expected["emission[24]"]))
    assert [row["incentive[24]"] for row in rows] == expected["incentive[24]"].tolist()
    assert [row["yuma3"] for row in rows] == [False, True] * 3
    assert [row["kappa"] for row in rows] == [20000, 20000, 30000, 30000, 40000, 40000]
    lines = yuma(*common, "--uid", 24).out.splitlines()
    assert [line.split()[-1] for line in lines[3:]] == list(map(str, expected["emission[24]"]))
    whole = yuma("sweep", LARGE, "--set", "rules=subtensor-425,subtensor-475", "--json").json
    assert [row["rules"] for row in whole["rows"]] == ["subtensor-425", "subtensor-475"]
    assert whole["rows"][0]["emission"] == "177762361203"


def test_explain(yuma: Yuma, outcome: libyuma.Outcome) -> None:
    ran = yuma("explain", LARGE, "--uid", 24)
    assert ran.out == f"{libyuma.explain(outcome, 24)}\n"
    told = yuma("explain", LARGE, "--uid", 24, "--json").json["explanation"]
    assert told["uid"] == 24
    assert told["rao"] == str(outcome.emission[24])
    assert told["miner"]["incentive"] == int(outcome.incentive[24])
    assert told["validator"]["dividends_raw"] == str(outcome.raw.dividends[24])


def test_replay(yuma: Yuma, case: Any, tmp_path: Path) -> None:
    snapshot = {"rules": "subtensor-425", "input": case["input"], "chain": dict(case["expect"])}
    del snapshot["chain"]["raw"]
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(snapshot))
    ran = yuma("replay", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("equal: ")
    assert yuma("replay", LARGE, "--case", YUMA3, "--json").json["equal"] is True

    snapshot["chain"]["incentive"] = [1, *case["expect"]["incentive"][1:]]
    path.write_text(json.dumps(snapshot))
    ran = yuma("replay", path)
    assert (ran.code, ran.err) == (1, "")
    assert "incentive differs at uid 0: the chain has 1, computed 0" in ran.out
    ran = yuma("replay", path, "--json")
    assert ran.code == 1
    assert {name: ran.json[name] for name in ("stage", "uid", "expected", "computed")} == {
        "stage": "incentive",
        "uid": 0,
        "expected": 1,
        "computed": 0,
    }


@pytest.mark.parametrize("file", ["digest/digest", "subtensor-475/digest"])
def test_digest(yuma: Yuma, file: str, tmp_path: Path) -> None:
    path = VECTORS / f"{file}.json"
    whole = json.loads(path.read_text())
    for case in whole["cases"]:
        expected = {name: case["expect"][name] for name in ("input_digest", "outcome_digest")}
        ran = yuma("digest", path, "--case", case["name"])
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        mode = "Null epoch of" if "mining_budget" in case["input"] else ": epoch of"
        assert mode in lines[0]
        assert [line.split() for line in lines[1:]] == [
            ["input", expected["input_digest"]],
            ["outcome", expected["outcome_digest"]],
        ]
        name = {"name": case["name"], "rules": whole["rules"]}
        assert yuma("digest", path, "--case", case["name"], "--json").json == {**name, **expected}
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(case["input"]))
    ran = yuma("digest", bare, "--rules", whole["rules"], "--json")
    assert {**ran.json, "name": case["name"]} == {**name, **expected}


def test_halving(yuma: Yuma) -> None:
    lines = yuma("halving", "--issuance", 10_900_000_000_000_000).out.splitlines()
    rows = [line.split() for line in lines[3:-1]]
    assert rows[1] == ["1", "10500000.000000000", "0.500000000", "3600.000000000"]
    assert len(rows) == len(libyuma.halvings()) == 31
    assert "halved to 0.250000000 in 9700000 blocks" in lines[-1]
    machine = yuma("halving", "--issuance", 10_900_000_000_000_000, "--json").json
    assert machine["halvings"][30] == {
        "number": 30,
        "threshold": "20999999980442226",
        "reward": "0",
    }
    assert machine["ahead"]["blocks"] == "9700000"
    assert yuma("halving", "--json").json["ahead"] is None
    assert "nothing is minted" in yuma("halving", "--issuance", 21 * 10**15).out


def test_emission_at_an_issuance(yuma: Yuma) -> None:
    ran = yuma("emission", "--issuance", 10**16)
    assert "1000000000 rao per block" in ran.out
    assert yuma("emission", "--issuance", 10**16, "--json").json == {
        "issuance": "10000000000000000",
        "block_emission": "1000000000",
        "daily_emission": "7200000000000",
    }


@pytest.mark.parametrize("file", ["emission/coinbase.json", "subtensor-475/coinbase.json"])
def test_emission_of_blocks(yuma: Yuma, file: str) -> None:
    path = VECTORS / file
    for case in json.loads(path.read_text())["cases"][:5]:
        common = ("emission", path, "--case", case["name"])
        assert yuma(*common, "--json").json["blocks"] == case["expect"]["blocks"]
        block = case["expect"]["blocks"][-1]
        lines = yuma(*common, "--block", block["block"]).out.splitlines()
        assert f"block {block['block']}," in lines[0]
        for line, subnet in zip(lines[3:-1], block["subnets"], strict=True):
            assert line.split()[:2] == [str(subnet["netuid"]), subnet["tao_in"]]
            assert line.split()[5:9] == subnet["pending"]


def test_upscale(yuma: Yuma) -> None:
    assert yuma("upscale", 10, 20).out == "32768 65535\n"
    assert yuma("upscale", 10, 20, "--json").json == {"values": [32768, 65535]}


def test_commit_hash(yuma: Yuma) -> None:
    cases = json.loads((VECTORS / "emission/weights-commit-hash.json").read_text())["cases"]
    for case in cases[:20]:
        given = case["input"]
        options: list[object] = []
        for name in ("account", "netuid", "mecid", "version_key"):
            options += [f"--{name.replace('_', '-')}", given[name]]
        for name in ("uids", "values", "salt"):
            options += [f"--{name}", ",".join(map(str, given[name]))]
        assert yuma("commit-hash", *options).out == f"{case['expect']['hash']}\n"
        assert yuma("commit-hash", *options, "--json").json == {"hash": case["expect"]["hash"]}


def test_verify(yuma: Yuma, tmp_path: Path) -> None:
    ties, errors = str(VECTORS / "epoch/ties.json"), str(VECTORS / "errors/epoch-error.json")
    ran = yuma("verify", ties, errors)
    assert ran == Run(
        0,
        f"{ties}: epoch, subtensor-425: 80 of 80 passed\n"
        f"{errors}: epoch-error, subtensor-425: 127 of 127 passed\n"
        "207 passed, 0 failed\n",
        "",
    )
    file = json.loads(Path(ties).read_text())
    file["cases"][3]["expect"]["incentive"][2] += 1
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(file))
    ran = yuma("verify", wrong, ties)
    assert ran.code == 1
    assert f"  {file['cases'][3]['name']}: incentive[2]: expected " in ran.out
    assert ran.out.endswith("\n159 passed, 1 failed\n")
    ran = yuma("verify", wrong, tmp_path / "none.json", "--json")
    assert ran.code == 1
    assert [(each["passed"], len(each["failed"])) for each in ran.json["files"]] == [
        (79, 1),
        (0, 1),
    ]
    assert (ran.json["passed"], ran.json["failed"]) == (79, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("shares", LARGE),
        ("bonds", LARGE, "--case", YUMA3),
        ("history", LARGE, "--epochs", 3),
        ("history", LARGE, "--epochs", 1, "--uid", 24),
        ("clipping", LARGE),
        ("clipping", LARGE, "--uid", 166),
        ("clipping", LARGE, "--uid", 24),
        ("clipping", LARGE, "--uid", 0),
        ("issuance", "--issuance", 10**16),
    ],
)
def test_plot(yuma: Yuma, arguments: tuple[object, ...], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "plot.png"
    ran = yuma("plot", *arguments, "-o", path)
    assert ran == Run(0, f"{path}\n", "")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert yuma("plot", *arguments, "-o", path, "--json").json["output"] == str(path)


# Help.


def test_help_lists_every_command(yuma: Yuma) -> None:
    ran = yuma("--help")
    assert ran.code == 0
    assert re.findall(r"^  ([a-z-]+)  +[A-Z]", ran.out, re.M)[-len(COMMANDS) :] == list(COMMANDS)
    assert "Exit codes: 0 done, 1 something differs" in ran.out
    assert yuma("--version").out == f"yuma {libyuma.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_the_help_run(
    yuma: Yuma, command: str, case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command == "plot":
        pytest.importorskip("matplotlib")
    ran = yuma(command, "--help")
    assert ran.code == 0
    examples = ran.out.split("Examples:\n")[1].split("\n\n")[0]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vectors").symlink_to(ROOT / "vectors")
    (tmp_path / "subnet.json").write_text(json.dumps(case["input"]))
    snapshot = {"rules": "subtensor-425", "input": case["input"], "chain": case["expect"]}
    (tmp_path / "snapshot.json").write_text(json.dumps(snapshot))
    # A line that is indented further goes on.
    lines = re.sub(r"\n      +", " ", examples).splitlines()
    assert lines
    for line in lines:
        words = shlex.split(line.replace("vectors/data/*/*", "vectors/data/e*/e*"))
        assert words[:2] == ["yuma", command]
        assert "--json" in ran.out
        globbed = [sorted(glob.glob(word)) or [word] for word in words[1:]]
        done = yuma(*(part for parts in globbed for part in parts))
        assert (done.code, done.err) == (0, ""), line


def test_shells_complete(tmp_path: Path) -> None:
    environment = {"_YUMA_COMPLETE": "complete_bash", "COMP_WORDS": "yuma ep", "COMP_CWORD": "1"}
    ran = _python("from libyuma._command_line import main; main()", **environment)
    assert ran.stdout.split() == ["epoch"]


# Failures.


def test_usage(yuma: Yuma) -> None:
    helped = yuma()
    assert "Usage: yuma [OPTIONS] COMMAND" in helped.out + helped.err
    for arguments in (("epoch",), ("epoch", LARGE, "--top", "x"), ("nothing",), ("plot", "x")):
        assert yuma(*arguments).code == 2


def _broken(case: Any, field: str, value: Any) -> str:
    return json.dumps({**case["input"], field: value})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("epoch", "none.json"), "none.json: No such file or directory"),
        (("epoch", "."), ".: Is a directory"),
        (("epoch", "text.json"), "text.json: line 2, column 3: "),
        (("epoch", "bytes.json"), "bytes.json: not a text in UTF-8"),
        (("epoch", "plain.json.gz"), "plain.json.gz: Not a gzipped file"),
        (("epoch", "list.json"), "list.json: not a JSON object"),
        (("epoch", "deep.json"), "deep.json: nested too deep"),
        (("epoch", "schema.json"), "schema.json: schema `other/1`, not `yuma-vectors/1`"),
        (("epoch", str(VECTORS / "emission/coinbase.json")), "kind `coinbase`, not `epoch`"),
        (("epoch", LARGE, "--case", "x"), "large.json: no case `x`"),
        (("epoch", LARGE, "--rules", "subtensor-1"), "rules"),
        (("epoch", "stake.json"), "stake.json: stake[2]"),
        (("epoch", "weights.json"), "weights.json: weights[1]"),
        (("epoch", "kappa.json"), "kappa.json: kappa"),
        (("epoch", "missing.json"), "missing.json: missing field n"),
        (("simulate", LARGE, "--show", "luck"), "--show: `luck` is none of emission"),
        (("simulate", LARGE, "--uid", "256"), "--uid: no neuron 256 in a subnet of 256"),
        (("sweep", LARGE, "--set", "kappa"), "--set: `kappa` is not FIELD=VALUES"),
        (("sweep", LARGE, "--set", "kapa=1"), "--set: `kapa=1` is not FIELD=VALUES"),
        (("sweep", LARGE, "--set", "kappa=1,x"), "--set: kappa: `1,x` is neither"),
        (("sweep", LARGE, "--set", "kappa=1:9:0"), "--set: kappa: `1:9:0` is neither"),
        (("sweep", LARGE, "--set", "kappa=9:1:1"), "kappa has no values"),
        (("sweep", LARGE, "--set", "kappa=1,70000"), "kappa[1]: "),
        (("sweep", LARGE, "--set", "yuma3=false,1"), "--set: yuma3[1]: `1` is neither true"),
        (("sweep", LARGE, "--set", "tempo=1", "--set", "tempo=2"), "--set: tempo is given twice"),
        (("explain", LARGE, "--uid", "256"), "--uid: no neuron 256"),
        (("replay", "stake.json"), "stake.json: "),
        (("digest", "stake.json"), "stake.json: stake[2]"),
        (("digest", "budget.json"), "budget.json: missing field dividend_budget"),
        (("digest", "null.json", "--rules", "subtensor-425"), "there is no null_budgets"),
        (
            ("digest", str(VECTORS / "emission/coinbase.json")),
            "kind `coinbase`, not `epoch` or `null-epoch` or `digest`",
        ),
        (("emission",), "emission: give either FILE or --issuance"),
        (("emission", "coinbase.json"), "coinbase.json: missing field total_issuance"),
        (("emission", "--issuance", str(2**64)), "issuance"),
        (("upscale", "1", "70000"), "values[1]"),
        (("commit-hash", "--account", "0g"), "--account: not hexadecimal"),
        (("commit-hash", "--account", "01"), "account has 1 elements, 32 are needed"),
        (("commit-hash", "--uids", "1,x"), "--uids: uids[1]: `x` is not an integer"),
        (("commit-hash", "--uids", "1,65536"), "uids[1]"),
        (("plot", "shares"), "plot shares: FILE is missing"),
        (("plot", "shares", LARGE, "-o", "none/x.png"), "none/x.png: No such file or directory"),
        (("plot", "shares", LARGE, "-o", "x.doc"), "x.doc: Format 'doc' is not supported"),
        (("plot", "clipping", LARGE, "--uid", "256"), "miner: uid 256 is not in a subnet of 256"),
    ],
)
def test_wrong_input_is_one_line_with_field_and_index(
    yuma: Yuma,
    arguments: tuple[str, ...],
    message: str,
    case: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if arguments[0] == "plot":
        pytest.importorskip("matplotlib")
    if arguments[0] == "commit-hash":
        given = {
            "--account": "00" * 32,
            "--netuid": "1",
            "--uids": "",
            "--values": "",
            "--salt": "",
        }
        given.update(zip(arguments[1::2], arguments[2::2], strict=True))
        arguments = ("commit-hash", *(part for pair in given.items() for part in pair))
    monkeypatch.chdir(tmp_path)
    files = {
        "text.json": "{\n  x",
        "plain.json.gz": "{}",
        "list.json": "[]",
        "deep.json": "[" * 100_000,
        "schema.json": '{"schema": "other/1", "cases": []}',
        "stake.json": _broken(case, "stake", ["1", "2", "-3"] + ["0"] * 253),
        "weights.json": _broken(case, "weights", [[0, [[1, 5]]], [0, [[1, 5]]]]),
        "kappa.json": _broken(case, "kappa", 65536),
        "budget.json": _broken(case, "mining_budget", "5"),
        "null.json": json.dumps(
            {**case["input"], **{f"{name}_budget": "5" for name in NULL_BUDGETS}}
        ),
        "missing.json": json.dumps({k: v for k, v in case["input"].items() if k != "n"}),
        "coinbase.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "bytes.json").write_bytes(b"\xff")
    ran = yuma(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert message in ran.err
    assert ran.err.endswith("\n")


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin", **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, env=paths, check=False)


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_without_the_extra_one_line_says_what_to_install(package: str) -> None:
    hide = f"import sys; sys.modules['{package}'] = None"
    ran = _python(f"{hide}; from libyuma._command_line import main; main()")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "error: the command line needs its extra: pip install 'libyuma[cli]'\n"


def test_without_matplotlib_only_plots_are_missing() -> None:
    start = "import sys; sys.modules['matplotlib'] = None; sys.argv[1:] = "
    end = "; from libyuma._command_line import main; main()"
    ran = _python(f"{start}['plot', 'issuance']{end}")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "error: plots need matplotlib: pip install 'libyuma[plots]'\n"
    assert _python(f"{start}['upscale', '1']{end}").stdout == "65535\n"


def test_module_is_the_command() -> None:
    command = [sys.executable, "-m", "libyuma", "upscale", "1", "2"]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
        == "32768 65535\n"
    )
