"""`scripts/bench`: what a ballot, a vote and a verification cost, beside the least that this machine needs for them."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmark.measure import Task, measure
from benchmark.tasks import Size, archive_tasks, ballot_tasks, casting_tasks, shuffle_tasks

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Measure in one run, and print a line for each task."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure in one run, in turns; medians, in milliseconds. One process works at a time.",
    )
    parser.add_argument("--launcher", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--options", type=int, default=10, help="of the contest (10)")
    parser.add_argument("--most", type=int, default=3, help="options a voter chooses (3)")
    parser.add_argument("--ballots", type=int, default=40, help="of the shuffle and of the archive (40)")
    parser.add_argument("--rounds", type=int, default=9, help="of which the median is given (9)")
    parser.add_argument(
        "--disk", type=Path, default=ROOT / ".cache", help="a folder on the disk that is measured"
    )
    given = parser.parse_args()
    size = Size(given.options, given.most, given.ballots)
    given.disk.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.disk) as name:
        folder = Path(name)
        print("bench: holding a vote to be verified", file=sys.stderr)
        tasks = [*ballot_tasks(size), *shuffle_tasks(size), *archive_tasks(folder, size, given.launcher)]
        with casting_tasks(folder, size, given.rounds) as casting:
            print(f"bench: {given.rounds} rounds", file=sys.stderr)
            _report([*tasks, *casting], given.rounds)
    return 0


def _report(tasks: list[Task], rounds: int) -> None:
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {rounds}"
    )
    print(f"{'':<44} {'measured':>13}  {'ratio':>8}  {'floor':>13}", flush=True)
    for line in measure(tasks, rounds):
        print(line)


if __name__ == "__main__":
    raise SystemExit(main())
