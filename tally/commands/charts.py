"""The command `tally charts`: pictures of the results for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.files import write_whole
from keys.desk.language import Language
from keys.desk.options import folder_option, rehearsal_option
from keys.desk.together import Together
from keys.election.layout import safe_name
from keys.election.statement import Mode
from keys.findings import Refused
from tally.results.all_contests import counted_contests
from tally.telling.charts import contest_chart
from tally.workspace import Workspace

__all__ = ["charts_command"]


@click.command("charts")
@folder_option("Folder of the returning officer.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the pictures.")
@rehearsal_option
@answers
def charts_command(folder: Path, out: Path, mode: Mode) -> Answer:
    """Draw each contest as an SVG picture, in each language of the vote; once the results are certified.

    Example: tally charts --dir office --out charts
    """
    workspace = Workspace(folder, mode)
    if not (workspace.root / "minutes.pdf").exists():
        raise Refused("T-206", "charts", "the results are not certified")
    dossier = workspace.dossier()
    definition, paths = dossier.manifest.definition, []
    for item in counted_contests(workspace, dossier)[0]:
        contest = definition.contests[item.contest]
        for code in Together.of(definition, len(definition.languages)).codes:
            path = out / f"{safe_name(contest.id)}-{code}.svg"
            write_whole(path, contest_chart(contest, item, Language(code)))
            paths.append(str(path))
    return Answer(f"{counted(len(paths), 'picture')} written to {out}.", {"charts": paths})
