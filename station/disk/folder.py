"""The folder of a machine (`--dir`): its name, and the files that the vote and its rehearsal have each for themselves.

It holds `draft.cose`, `machine.json`, and for the vote and its rehearsal, each under its own name (`official`,
`rehearsal`): `.secret` (keys, wrapped under the cards), `.cards` (by which a card is recognised, not what is on it),
`.enrolment.cose`, after loading `.db` (the store), and from the moment it is wiped `.wiped.cose` (the report).
"""

from __future__ import annotations

import json
from pathlib import Path

from keys.desk.files import load_statement, read_bytes
from keys.election.definition import Definition
from keys.election.draft import open_draft
from keys.election.statement import Mode
from keys.findings import Unreadable

__all__ = ["enrolled_definition", "machine_name", "mode_file", "wiped_file"]


def mode_file(folder: Path, mode: Mode, ending: str) -> Path:
    """Path of one of the files that the vote and its rehearsal have each for themselves."""
    return folder / f"{mode.name.lower()}.{ending}"


def wiped_file(folder: Path, mode: Mode) -> Path:
    """Path of the destruction report; where it lies, nothing of this mode is opened any more."""
    return mode_file(folder, mode, "wiped.cose")


def machine_name(folder: Path) -> str:
    """The name under which a folder is enrolled.

    Raises:
        Unreadable: It is not.
    """
    try:
        name = json.loads(read_bytes(folder / "machine.json", 1000))["machine"]
    except (ValueError, KeyError, TypeError, RecursionError):
        name = None
    if not isinstance(name, str):
        raise Unreadable(f"{folder}/machine.json is damaged")
    return name


def enrolled_definition(folder: Path) -> Definition:
    """The definition of the draft that a folder is enrolled with: all that is known of the vote before it is loaded.

    Raises:
        Refused: V-1 codes.
        Unreadable: It is gone or cannot be read.
    """
    return open_draft(load_statement(folder / "draft.cose")).definition
