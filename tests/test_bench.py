"""The benchmark measures what it says: every piece of work is there, and a floor makes the same calls and no other."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from benchmark.floor import durable_write, group_calls
from benchmark.measure import Task, measure

from keys.crypto import group
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, Scalar, mul

ROOT = Path(__file__).resolve().parents[1]


def test_a_floor_makes_the_calls_of_the_work_again() -> None:
    made: list[bytes] = []

    def multiply(exponent: bytes, point: bytes) -> bytes:
        made.append(exponent)
        return point

    with patch.object(group, "_scalarmult", multiply):
        again = group_calls(lambda: [mul(GENERATOR, Scalar(2)), mul(GENERATOR, Scalar(3))])
    assert len(made) == 2
    again()
    assert made[2:] == made[:2]


def test_a_floor_leaves_out_a_call_that_is_refused() -> None:
    def work() -> None:
        with pytest.raises(CryptoError):
            mul(group.Point(bytes(32)), Scalar(2))

    group_calls(work)()


def test_a_durable_write_keeps_the_size_of_its_file(tmp_path: Path) -> None:
    write = durable_write(tmp_path / "floor", 100)
    write()
    assert (tmp_path / "floor").stat().st_size == 100


def test_tasks_are_done_in_turns_and_told_for_one_thing() -> None:
    done: list[str] = []

    def task(name: str) -> Task:
        return Task(
            name,
            lambda: done.append(name),
            lambda: done.append(f"floor of {name}"),
            "nothing",
            each=2,
            first=lambda: done.append(f"before {name}"),
        )

    lines = measure([task("a"), task("b")], rounds=2)
    assert done == ["before a", "a", "floor of a", "before b", "b", "floor of b"] * 2
    assert [line.name for line in lines] == ["a", "b"]


def test_the_command_measures_every_task() -> None:
    asked = ("--rounds", "1", "--options", "2", "--most", "1", "--ballots", "3")
    done = subprocess.run(
        [ROOT / "scripts" / "bench", *asked], capture_output=True, text=True, check=True, timeout=300
    )
    lines = done.stdout.splitlines()[2:]
    assert [line.split(",")[0].split("  ")[0] for line in lines] == [
        "make a ballot of 2 options",
        "verify it",
        "shuffle 3 ballots",
        "check the shuffle",
        "tally verify",
        "belenios-tool",
        "cast it: sign",
    ]
    assert all(line.count(" ms ") == 2 and line.count(" x ") == 1 for line in lines)
