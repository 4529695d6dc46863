"""A whole small vote, sealed and loaded by the commands themselves, for tests that need a real machine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click import Group
from click.testing import CliRunner

import keys.cli
import station.cli
import tally.cli
from keys.desk.cards import Card
from keys.election.statement import Mode, read_statement
from keys.paper.groups import fingerprint_text

__all__ = ["LOADED", "Loaded", "load_machine", "load_rehearsal"]

PROJECTS = (
    ("Clarifier les priorités à la sortie de la rue Réclusane", 40_000),
    ("Aire de jeux pour enfants", 100_000),
    ("Faciliter la traversée des allées Charles de Fitte", 80_000),
    ("Garder arbres et terrains de foot autour du dôme de La Grave", 192_000),
)
ROLL = """bureau;numero;nom;prenoms;date de naissance;adresse
06;131;DUPONT;Jean;1948-02-11;12 rue de la République
06;132;DUPONT;Marie;1958-03-14;12 rue de la République
06;133;DUPONT;Marie-Hélène;1991-07-02;4 place Olivier
06;134;GARCÍA;Inès;1989-12-24;1 rue Réclusane
06;135;LE GALL;Yann;1977-05-30;8 allées Charles de Fitte
06;136;LEROUX;Hugo;1990-09-01;2 rue de la Gravette
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A machine that has loaded its package."""

    folder: Path
    cards: tuple[Card, ...]


def _definition(contests: int) -> str:
    lines = [
        '[election]\ntitle = {fr = "Votes de quartier", en = "Neighbourhood votes"}\ntown = "Toulouse"',
        'opens = "2026-10-04T08:00"\ncloses = "2026-10-04T18:00"\ntimezone = "Europe/Paris"',
        'languages = ["fr", "en"]\nsmall_number = 2\nhelp_phone = "05 36 49 10 10"\n',
        '[trustees]\nnames = ["Anne Martin"]\nthreshold = 1\n',
        '[[station]]\nid = "06"\nname = "Bureau 6 Saint-Cyprien"\naddress = "3 place Roguet"',
        'electors = 6\nmachines = ["06-a"]\n',
    ]
    for number in range(1, contests + 1):
        title = "Saint-Cyprien" if contests == 1 else f"Lieu {number}"
        lines.append(f'[[contest]]\nid = "lieu-{number}"\ntitle = {{fr = "{title}", en = "{title}"}}')
        lines.append('rule = "budget-greedy"\nchoose = [1, 3]\nbudget = 400000\ncurrency = "EUR"')
        for place, (name, cost) in enumerate(PROJECTS, start=1):
            lines.append(f'  [[contest.option]]\n  id = "{place}"\n  name = "{name}"\n  cost = {cost}')
    return "\n".join(lines)


LOADED = 1_790_672_400
"""29 September 2026: before the day of every test."""


def load_machine(root: Path, contests: int = 1) -> Loaded:
    """Define, enrol, seal and load; the rehearsal is left to `load_rehearsal`.

    Args:
        root: Empty folder.
        contests: How many, of four projects each.
    """
    root.joinpath("election.toml").write_text(_definition(contests), "utf-8")
    root.joinpath("roll.csv").write_text(ROLL, "utf-8")
    root.joinpath("words").write_text("one two three four\n")
    office, stick, folder, cards = (root / name for name in ("office", "stick", "machine", "cards"))
    words = ("--passphrase-file", root / "words")
    draft = _run(tally.cli.cli, "new", root / "election.toml", "--dir", office, *words)["fingerprint"]
    paper = ("--paper", draft)
    trustee = ("--name", "Anne Martin", "--dir", root / "trustee", "--out", stick)
    _run(keys.cli.cli, "trustee", office / "draft.cose", *trustee, *paper, *words)
    machine = ("--machine", "06-a", "--dir", folder, "--out", stick, "--cards", cards)
    _run(station.cli.cli, "enrol", office / "draft.cose", *machine, *paper)
    _run(tally.cli.cli, "roll", root / "roll.csv", "--yes", "--dir", office)
    sealed = _run(tally.cli.cli, "seal", stick, "--dir", office, *words)["fingerprint"]
    return Loaded(folder, _load(root, folder, Mode.OFFICIAL, sealed))


def load_rehearsal(loaded: Loaded, folder: Path) -> tuple[Card, ...]:
    """Load the rehearsal into a copy of a machine that has loaded the vote.

    Returns:
        Its cards.
    """
    root = loaded.folder.parent
    package = root / "office" / "packages" / "06-a"
    sealed = fingerprint_text(read_statement((package / "rehearsal.cose").read_bytes()).fingerprint)
    return _load(root, folder, Mode.REHEARSAL, sealed)


def _load(root: Path, folder: Path, mode: Mode, sealed: str) -> tuple[Card, ...]:
    name = mode.name.lower()
    held = [root / "cards" / f"06-a-{name}-card-{number}.txt" for number in (1, 2, 3)]
    shown = ("--card", held[0], "--card", held[1], "--out", root / "stick", "--paper", sealed)
    rehearsal = () if mode is Mode.OFFICIAL else ("--rehearsal",)
    with patch("station.commands.before.now", lambda: LOADED):
        _run(
            station.cli.cli,
            "load",
            root / "office" / "packages" / "06-a",
            "--dir",
            folder,
            *shown,
            *rehearsal,
        )
    return tuple(Card.parse(path.read_text()) for path in held)


def _run(command: Group, *arguments: object) -> dict[str, str]:
    result = CliRunner().invoke(command, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    answer: dict[str, str] = json.loads(result.stdout)
    return answer
