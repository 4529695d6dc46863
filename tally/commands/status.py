"""What is in, what is missing, and what is next."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import click

from keys.desk.catalogue import SOURCE
from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.language import Language
from keys.desk.options import folder_option, rehearsal_option
from keys.desk.verdicts import decision_words
from keys.election.dossier import Dossier
from keys.election.statement import Mode
from keys.paper.groups import short_code
from tally.board import MachineRow
from tally.commands.opening import three
from tally.decisions.deciding import waiting
from tally.standing import read_standing
from tally.step import Step
from tally.workspace import Workspace

__all__ = ["status_command"]

_NEXT = {
    Step.CONFIRM: ("sealed", "keys confirm and station load, then tally seal --confirm"),
    Step.IMPORT: ("importing", "tally import"),
    Step.FIRST: ("complete", "tally decide, for what waits; then tally request"),
    Step.REQUEST: ("complete", "tally request"),
    Step.ANSWER: ("requested", "keys decrypt, then tally count"),
    Step.OPEN: ("requested", "tally count"),
    Step.SETTLE: ("opened", "tally decide, for what tally count and tally certify name; then tally certify"),
    Step.CERTIFY: ("opened", "tally certify"),
    Step.COSIGN: ("opened", "keys sign by members of the board, then tally certify --collect"),
    Step.PUBLISH: ("certified", "tally publish"),
    Step.ORDER: ("published", "after the time for appeals, tally retire --order"),
    Step.LATE: ("late box", "tally import, of the late box"),
    Step.AGAIN: ("late box", "tally request --again"),
    Step.RETIRE: ("ordered", "station wipe on every machine, then tally retire"),
}
"""By the step of the board: the state for programs, and what people do next."""


@click.command("status")
@folder_option("Folder of the returning officer.")
@rehearsal_option
@answers
def status_command(folder: Path, mode: Mode) -> Answer:
    """Say what is in, what is missing, and what is next.

    Example: tally status --dir office
    """
    workspace = Workspace(folder, mode)
    if not workspace.is_sealed:
        count = len(workspace.draft()[0].definition.stations)
        text = f"Drafted: {counted(count, 'station')}. Next: enrolments and trustee files, then tally seal."
        return Answer(text, {"state": "drafted"})
    standing, english = read_standing(workspace, int(time.time())), Language(SOURCE)
    board = standing.board
    missing = {item.signed.fingerprint: item.missing for item in waiting(standing.dossier)}
    lines = [_machine_line(row) for row in board.machines]
    lines += _decision_lines(standing.dossier, missing, english)
    for doubt in standing.doubts:
        warn(f"warning: {doubt}")
    state, next_step = _NEXT[board.step]
    return Answer(
        "\n".join([*lines, f"Next: {next_step}"]),
        {
            "state": state,
            "machines": [{"machine": row.name, "state": row.state.value} for row in board.machines],
            "waiting": [{"decision": name.hex(), "missing": lack} for name, lack in missing.items()],
            "unconfirmed": list(board.unconfirmed),
            "warnings": [
                {"code": item.code, "subject": item.about(english), "detail": item.detail(english)}
                for item in standing.doubts
            ],
        },
    )


def _machine_line(row: MachineRow) -> str:
    box = row.box
    figures = f": {three(box.marks, box.ballots, box.signatures)}" if box else ""
    return f"machine {row.name}: {row.state.value}{figures}"


def _decision_lines(dossier: Dossier, missing: Mapping[bytes, int], language: Language) -> list[str]:
    """Each decision with who signed it, and what it waits for."""
    lines = []
    for item in dossier.decisions:
        names = ["the authority"] * item.by_authority
        names += [dossier.manifest.board[at].name for at in sorted(item.board)]
        lack = missing.get(item.fingerprint, 0)
        state = f"; waits for {counted(lack, 'signature')} of the board" if lack else ""
        words = decision_words(item.decision, dossier.manifest, language)
        lines.append(f"decision {short_code(item.fingerprint)}: {words}. Signed by {', '.join(names)}{state}")
    return lines
