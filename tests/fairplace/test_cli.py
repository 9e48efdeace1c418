"""The shell: what it writes, what it says, and that bad input leaves no trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairplace.cli import main

WISHES = "person,slot,rank\nada,zoo,1\nada,bakery,2\nben,zoo,1\ncem,bakery,1\n"
SLOTS = "slot,capacity\nzoo,1\nbakery,1\n"


def files(folder: Path, wishes: str = WISHES, slots: str = SLOTS) -> list[str]:
    (folder / "wishes.csv").write_text(wishes, encoding="utf-8")
    (folder / "slots.csv").write_text(slots, encoding="utf-8")
    return ["--wishes", str(folder / "wishes.csv"), "--slots", str(folder / "slots.csv")]


def test_solve_writes_result_and_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.csv"
    assert main(["solve", *files(tmp_path), "--out", str(out), "--seed", "7"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["people"], summary["placed"], summary["rank_cost"]) == (3, 2, 0)
    assert summary["certificate"]["primal"] == summary["certificate"]["dual"]
    assert summary["levels"] == summary["bound"]
    assert summary["seed"] == 7
    assert out.read_text() in {
        "person,slot,rank\nada,zoo,1\ncem,bakery,1\n",
        "person,slot,rank\nben,zoo,1\ncem,bakery,1\n",
    }


def test_row_order_does_not_change_a_byte(tmp_path: Path) -> None:
    header, *rows = WISHES.splitlines(keepends=True)
    for name, text in (("a", WISHES), ("b", header + "".join(reversed(rows)))):
        (tmp_path / name).mkdir()
        options = files(tmp_path / name, wishes=text)
        assert main(["solve", *options, "--out", str(tmp_path / f"{name}.csv")]) == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("policy", ["fair", "stable", "fcfs", "lottery"])
def test_every_policy_passes_the_check(
    tmp_path: Path, policy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options, out = files(tmp_path), str(tmp_path / "result.csv")
    assert main(["solve", *options, "--policy", policy, "--out", out]) == 0
    capsys.readouterr()
    assert main(["check", *options, out]) == 0
    assert json.loads(capsys.readouterr().out)["feasible"] is True


def test_check_finds_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = tmp_path / "result.csv"
    result.write_text("person,slot,rank\nada,zoo,1\nben,zoo,1\n")
    assert main(["check", *files(tmp_path), str(result)]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["violations"] == ["slot 'zoo' has 2 people for 1 seats"]
    result.write_text("person,slot,rank\nada,bakery,2\nben,zoo,1\n")
    assert main(["check", *files(tmp_path), str(result)]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["feasible"], verdict["optimal"]) == (True, False)
    assert verdict["levels"]["wishes"] == 1 + verdict["bound"]["wishes"]


def test_week_by_day_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slots = "slot;capacity;company;day\nm;1;zoo;mon\nt;1;zoo;tue\nb;1;bakery;tue\n"
    wishes = "person;slot;rank\nada;m;1\nada;t;2\nada;b;3\n"
    people = tmp_path / "people.csv"
    people.write_text("person;wants\nada;3\n")
    out = tmp_path / "result.csv"
    options = [*files(tmp_path, wishes, slots), "--people", str(people)]
    assert main(["solve", *options, "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["days"] == [1, 1, 0]
    assert out.read_text() == "person,slot,rank\nada,b,3\nada,m,1\n"


def test_explain_speaks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = files(tmp_path)
    assert main(["explain", *options, "--person", "ada", "--slot", "bakery"]) == 0
    assert "bakery" in capsys.readouterr().out
    assert main(["explain", *options, "--language", "de", "--reader", "pupil"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 + 4


def test_compare_lists_all_policies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files(tmp_path)]) == 0
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in table] == ["policy", "fair", "stable", "fcfs", "lottery"]
    assert main(["compare", *files(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert max(rows, key=lambda row: row["placed"])["placed"] == rows[0]["placed"] == 2


PREFLIB = """# FILE NAME: tiny.toc
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 3
2: 1,{2,3}
1: 1,1,2
"""


def test_preflib_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "tiny.toc", tmp_path / "result.csv"
    source.write_text(PREFLIB)
    assert main(["solve", "--wishes", str(source), "--out", str(out)]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["people"], summary["placed"], summary["rank_cost"]) == (3, 3, 2)


@pytest.mark.parametrize(
    ("wishes", "slots", "message"),
    [
        (WISHES + "dan,moon,1\n", SLOTS, "wishes.csv, row 6: slot 'moon' is not known"),
        (WISHES + "ada,zoo,3\n", SLOTS, "row 6: person 'ada' ranks slot 'zoo' twice"),
        (WISHES + "dan,zoo,0\n", SLOTS, "row 6: rank 0 must lie between 1"),
        (WISHES + f"dan,zoo,{10**30}\n", SLOTS, "row 6: rank 1000000"),
        (WISHES + "dan,zoo,NaN\n", SLOTS, "row 6: rank 'NaN' is not a whole number"),
        (WISHES + "dan,zoo,1.5\n", SLOTS, "row 6: rank '1.5' is not a whole number"),
        (WISHES + "dan,zoo,\n", SLOTS, "row 6: rank '' is not a whole number"),
        (WISHES + "dan,zoo\n", SLOTS, "row 6: 2 cells for 3 columns"),
        (WISHES + ",zoo,1\n", SLOTS, "row 6: person is empty"),
        (WISHES + 'dan,"zoo,1\n', SLOTS, "row 6"),
        (WISHES + "d\0n,zoo,1\n", SLOTS, "row 6: holds a NUL character"),
        ("", SLOTS, "wishes.csv: is empty"),
        ("person,slot,rank\n", SLOTS, "wishes.csv: holds no wish"),
        ("person,slot\nada,zoo\n", SLOTS, "row 1: column 'rank' is missing"),
        ("person,slot,rank,mood\n", SLOTS, "row 1: column 'mood' is not known"),
        (WISHES, SLOTS + "pool,-1\n", "slots.csv, row 4: capacity -1 must lie between 0"),
        (WISHES, SLOTS + "zoo,2\n", "slots.csv, row 4: slot 'zoo' stands twice"),
        (WISHES, SLOTS + "pool,1e3\n", "row 4: capacity '1e3' is not a whole number"),
        (WISHES, "slot,capacity\n", "slots.csv: holds no slot"),
    ],
)
def test_bad_input_is_one_line_and_no_file(
    tmp_path: Path, wishes: str, slots: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.csv"
    assert main(["solve", *files(tmp_path, wishes, slots), "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert said.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["slots.csv", "wishes.csv"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--seed", "x"], "seed 'x' is not a whole number"),
        (["--seed", str(2**63)], "must lie between"),
        (["--policy", "whim"], "whim"),
        (["--out", "missing/result.csv"], "no such directory"),
    ],
)
def test_bad_options(
    tmp_path: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "result.csv")]
    assert main(["solve", *files(tmp_path), *out, *options]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "result.csv").exists()


def test_latin_1_is_refused_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = files(tmp_path)
    (tmp_path / "wishes.csv").write_bytes("person,slot,rank\nJürgen,zoo,1\n".encode("latin-1"))
    assert main(["solve", *options, "--out", str(tmp_path / "r.csv")]) == 2
    assert "row 2: is not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1: 1,2\n", "no line '# NUMBER ALTERNATIVES: n'"),
        ("# NUMBER ALTERNATIVES: 2\n1: 1,3\n", "row 2: alternative '3' is not known"),
        ("# NUMBER ALTERNATIVES: 2\n1: {1,2\n", "row 2: a brace is not closed"),
        ("# NUMBER ALTERNATIVES: 2\nx: 1\n", "row 2: number of voters 'x'"),
        ("# NUMBER ALTERNATIVES: 2\n", "holds no order"),
    ],
)
def test_bad_preflib(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "tiny.soi"
    source.write_text(text)
    assert main(["solve", "--wishes", str(source), "--out", str(tmp_path / "r.csv")]) == 2
    assert message in capsys.readouterr().err
