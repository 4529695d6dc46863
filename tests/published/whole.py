"""Five real votes the whole way, with all of their ballots.

Each ballot is encrypted by the recorder of the booth and cast into the store of a machine; boxes are imported, ballots
added or shuffled, opened by two trustees, counted by `tally count`, certified, published, and verified from the public
folder by `tally verify` and by belenios-tool. The result must be the published one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keys.paper.groups import fingerprint_text
from tally.count.outcome import Outcome
from tests.outside.tool import Tool
from tests.published.budgets import OCHOTA, OCHOTA_SELECTED, SWIECIE_SHARES, as_selected, named
from tests.published.ranks import expected_stages, stages
from tests.published.results import ORSAY, judged
from tests.simulator.forms import hold_forms
from tests.simulator.holding import Held
from tests.simulator.real_votes import (
    RealVote,
    counted_in_clear,
    ochota,
    orsay,
    springburn,
    swiecie,
    toulouse_2019,
)

__all__ = ["WHOLE", "Progress", "Whole", "report_whole"]

LAUNCHER = Path(__file__).resolve().parents[2] / ".cache" / "belenios" / "belenios-tool"


@dataclass(frozen=True, slots=True)
class Whole:
    """A real vote, what was published of it, and how our result says the same."""

    name: str
    what: str
    vote: Callable[[], RealVote]
    expected: str
    obtained: Callable[[Outcome], str]


def _points(outcome: Outcome) -> str:
    """Ballots, and how many of the totals are not the published ones."""
    published = toulouse_2019().published
    differing = sum(votes != known for votes, known in zip(outcome.totals, published, strict=True))
    ballots, points = outcome.figures["ballots"], sum(outcome.totals)
    return f"{ballots} ballots, {len(published)} projects, {points} points, {differing} totals differ"


WHOLE = (
    Whole("orsay", "Orsay 2007, grades, majority-judgement", orsay, ORSAY, judged),
    Whole(
        "springburn",
        "Glasgow 2007, ward of Springburn, ranks, stv-scottish",
        springburn,
        expected_stages("springburn"),
        lambda outcome: stages("springburn", outcome),
    ),
    Whole(
        "swiecie",
        "Świecie 2023, approvals, budget-equal-shares with add1",
        swiecie,
        SWIECIE_SHARES,
        named,
    ),
    Whole(
        "ochota",
        "Warszawa Ochota 2019, approvals within a spending limit, budget-greedy",
        ochota,
        OCHOTA_SELECTED,
        lambda outcome: as_selected(OCHOTA, outcome),
    ),
    Whole(
        "toulouse",
        "Toulouse 2019, points, budget-greedy",
        toulouse_2019,
        "1494 ballots, 30 projects, 8389 points, 0 totals differ",
        _points,
    ),
)


@dataclass(slots=True)
class Progress:
    """One line that is written over, with the stage, how far it is and the time left for it; then how long it took."""

    stage: str = ""
    begun: float = 0.0
    shown: float = 0.0
    took: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, stage: str, done: int, number: int) -> None:
        """Told by who holds the vote."""
        now = time.monotonic()
        if stage != self.stage:
            self.end()
            self.stage, self.begun, self.shown = stage, now, 0.0
        if now - self.shown < (0.5 if sys.stderr.isatty() else 60):
            return
        self.shown, gone = now, now - self.begun
        left = f", {_duration(gone / done * (number - done))} left" if done and gone > 2 else ""
        print(
            f"\r        {stage}: {done} of {number}{left} \033[K",
            file=sys.stderr,
            end="" if sys.stderr.isatty() else "\n",
            flush=True,
        )

    def end(self) -> None:
        """The stage is over."""
        if self.stage:
            self.took.append((self.stage, time.monotonic() - self.begun))
            if sys.stderr.isatty():
                print("\r\033[K", file=sys.stderr, end="", flush=True)
        self.stage = ""

    def __str__(self) -> str:
        parts = ", ".join(f"{stage} {_duration(seconds)}" for stage, seconds in self.took)
        return f"{_duration(sum(seconds for _, seconds in self.took))} ({parts})"


def _duration(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def report_whole(votes: Sequence[Whole], workers: int = 2, sample: int | None = None) -> int:
    """Hold votes the whole way and print the table.

    Args:
        votes: Of `WHOLE`.
        workers: Processes.
        sample: Hold it with so many ballots only, and expect what they give when they are counted in clear.

    Returns:
        0 if all results are those expected and both verifiers accept, else 1.
    """
    wrong = 0
    for vote in votes:
        with tempfile.TemporaryDirectory(prefix="isoloir-") as root:
            wrong += not _report(vote, Path(root) / "vote", workers, sample)
    print(f"{len(votes) - wrong} of {len(votes)} votes obtained the whole way.")
    return 1 if wrong else 0


def _report(vote: Whole, root: Path, workers: int, sample: int | None) -> bool:
    progress = Progress()
    real = vote.vote() if sample is None else vote.vote().sample(sample)
    print(f"        {vote.what}: {len(real.ballots)} ballots", flush=True)
    ballots = [{0: ballot} for ballot in real.ballots]
    held = hold_forms(root, (real.contest,), ballots, tell=progress, workers=workers, count=False)
    progress("counting", 0, 1)
    answer = _command("count", held.stick, "--dir", held.workspace.folder)
    outcome = held.counted()[0].outcome
    obtained = vote.obtained(outcome)
    expected = vote.expected if sample is None else vote.obtained(counted_in_clear(real))
    same = obtained == expected and answer["contests"][real.contest.id]["winners"] == list(outcome.names)
    progress("publishing", 0, 1)
    held.publish()
    accepted, checked = _verify(held, real.contest.id, workers, progress)
    progress.end()
    good = same and accepted and outcome.figures["ballots"] == len(ballots)
    print(f"{'equal ' if good else 'DIFFER'}  expected  {expected}")
    print(f"        obtained  {obtained}")
    print(f"        {checked}")
    print(f"        time      {progress}", flush=True)
    return good


def _verify(held: Held, contest: str, workers: int, progress: Progress) -> tuple[bool, str]:
    """Whether the public folder is accepted by our verifier and its archive by the outside one; and the words."""
    progress("verifying", 0, 1)
    given = ("--fingerprint", fingerprint_text(held.fingerprint), "--workers", workers)
    report = _command("verify", held.public, *given)
    ours = bool(report["accepted"])
    progress("verifying outside", 0, 1)
    theirs = Tool(LAUNCHER, patience=None).accepts((held.public / "archives" / f"{contest}.bel").read_bytes())
    words = {True: "accepts", False: "REFUSES"}
    return ours and theirs, f"verified  tally verify {words[ours]}, belenios-tool {words[theirs]}"


def _command(*arguments: object) -> dict[str, Any]:
    """Run `tally` as its users do.

    Raises:
        RuntimeError: It ended with another status than 0; with what it said.
    """
    program = Path(sys.executable).parent / "tally"
    done = subprocess.run(
        [program, *map(str, arguments), "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"tally {arguments[0]}: {done.stdout}{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
