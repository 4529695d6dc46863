"""The command `findings`, the same in `keys` and in `tally`: the table of all that is refused or doubtful."""

from __future__ import annotations

import click

from keys.desk.catalogue import SOURCE
from keys.desk.command import Answer, answers
from keys.desk.language import Language
from keys.findings import FINDINGS

__all__ = ["findings_command"]


@click.command("findings")
@click.option("--lang", default=SOURCE, metavar="CODE", help="Language of the table.")
@answers
def findings_command(lang: str) -> Answer:
    """Print the table of all findings: what each code means and what to do.

    Example: keys findings --lang fr

    Example: tally findings --lang fr
    """
    wording = Language(lang).wording
    data = {
        code: {
            "title": wording(item.title),
            "meaning": wording(item.meaning),
            "remedy": wording(item.remedy),
            "severity": item.severity.value,
        }
        for code, item in sorted(FINDINGS.items())
    }
    rows = [
        f"{code}  {row['title']} ({row['severity']})\n      {row['meaning']} {row['remedy']}"
        for code, row in data.items()
    ]
    return Answer("\n".join(rows), data)
