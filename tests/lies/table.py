"""The table of lies: run through, printed, and kept in README.md beside this file."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lies.asking import ask_page
from tests.lies.boxes import BOXES
from tests.lies.bystep import steps_table
from tests.lies.lie import Lie
from tests.lies.openings import OPENINGS
from tests.lies.published import PUBLISHED
from tests.lies.steps import STEPS_ALONE
from tests.lies.telling import ask_outside, tell
from tests.lies.worlds import Worlds
from tests.outside.tool import Tool
from tests.simulator.known import known_bytes
from tests.tally.page.browser import Browser

__all__ = ["LIES", "README", "Row", "main", "page", "run"]

LIES: tuple[Lie, ...] = (*BOXES, *OPENINGS, *PUBLISHED, *STEPS_ALONE)
README = Path(__file__).with_name("README.md")
ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / ".cache" / "belenios" / "belenios-tool"

_HEAD = """# Lies

Each lie is told by the simulator in `tests/simulator`, by people and machines who sign again whatever is theirs to
sign. Beside it: to whom it is told, which step refuses it with which code, and what `belenios-tool` says of the
archives that the lie made. Where a lie changes no archive it is not that program's business: it knows neither reports
nor decisions, and nothing of the second proofs. The last column is `index.html`, as our program writes it from the
forged papers (where it refuses to, the honest page stays there), in a browser: somebody holds against it its own list
of files and papers of the honest evening (the poster, a receipt, the reports from the door, the codes of the signed
minutes). It checks neither ballots nor counts, and a town that lies may write another page: paper and `tally verify`
are what counts.

Written by `scripts/lies --write`; a test tells every lie again.

That a decryption can pass the specification's own proof and not the second one is shown by a vector,
`tests/vectors/belenios/unbound-decryption.json`.
"""
_STEPS = """## The steps of `tally verify`

Minutes are left aside: where a folder was opened anew, those that were signed before show the honest results still.
"""
_COLUMNS = ("lie", "who", "told at", "refused at", "belenios-tool", "the page")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a lie."""

    lie: str
    who: str
    told: str
    refused: dict[str, str]
    unseen: str
    outside: str
    page: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of the table."""
        where = ", ".join(f"{step} {code}" for step, code in self.refused.items())
        return self.lie, self.who, self.told, where or self.unseen or "NOWHERE", self.outside, self.page

    @property
    def line(self) -> str:
        """The line in README.md."""
        return f"| {' | '.join(self.cells)} |"


def run(lie: Lie, worlds: Worlds, scratch: Path, tool: Tool, browser: Browser) -> Row:
    """Tell a lie."""
    with known_bytes():
        told = tell(lie, worlds, scratch)
    said = "not published"
    if told.published is not None:
        said = ask_page(browser, told.published.root, told.published.held, told.published.poster)
    worlds.clean(scratch)
    outside = ask_outside(tool, told.archives)
    return Row(lie.name, lie.who, lie.told.value, dict(told.refused), lie.unseen, outside, said)


def page(rows: Sequence[Row]) -> str:
    """The whole of README.md."""
    head = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    count = sum(bool(row.refused) for row in rows)
    summary = f"{count} of {len(rows)} are refused."
    lies = [summary, "", *head, *(row.line for row in rows), ""]
    return "\n".join([_HEAD, *lies, _STEPS, *steps_table(LIES), ""])


def _rows(tool: Tool) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name, Browser(Path(name) / "profile") as browser:
        worlds = Worlds(Path(name))
        for number, lie in enumerate(LIES):
            print(f"{number + 1} of {len(LIES)}: {lie.name}", file=sys.stderr)
            scratch = Path(name) / f"lie-{number}"
            scratch.mkdir()
            yield run(lie, worlds, scratch, tool, browser)


def main(arguments: Sequence[str]) -> int:
    """Tell all lies; 0 if each is refused as expected, 1 if not, 3 if belenios-tool is not here."""
    parser = argparse.ArgumentParser(
        prog="scripts/lies", description="Tell every lie, and print what becomes of it."
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--write", action="store_true", help="write tests/lies/README.md")
    chosen = parser.parse_args(arguments)
    if not TOOL.exists():
        print("belenios-tool is not here: run scripts/outside-verifier", file=sys.stderr)
        return 3
    rows = list(_rows(Tool(TOOL)))
    if chosen.write:
        README.write_text(page(rows), encoding="utf-8")
    if chosen.json:
        fields = ("lie", "who", "told", "refused", "unseen", "outside", "page")
        print(json.dumps([{name: getattr(row, name) for name in fields} for row in rows], indent=1))
    else:
        print(page(rows))
    wrong = [row.lie for row, lie in zip(rows, LIES, strict=True) if row.refused != dict(lie.refused)]
    for name in wrong:
        print(f"not as expected: {name}", file=sys.stderr)
    return 1 if wrong else 0
