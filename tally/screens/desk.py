"""What all screens of the officer share: the folder, the language, and where the vote stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from keys.desk.language import Language
from keys.desk.town import speaks
from keys.election.definition import Definition, text_in
from keys.election.statement import Mode
from keys.findings import Misuse
from tally.retiring import retired_report, what_is_left
from tally.roll.kept import roll_path
from tally.standing import Standing, read_standing
from tally.workspace import Workspace

__all__ = ["Desk"]

_LASTING = {".bel", ".cose", ".csv", ".db", ".json", ".key", ".pdf"}
"""Of files that say where a vote stands: not locks, nor what is half written."""


@dataclass(slots=True)
class Desk:
    """The officer's desk."""

    workspace: Workspace
    definition: Definition
    language: Language
    clock: Callable[[], int]
    """Unix seconds."""
    mounted: Callable[[], Sequence[Path]]
    """Folders where sticks are."""
    workers: int = 2
    standing: Standing | None = field(default=None)
    """None while nothing is sealed, and once the office is retired."""
    retired: bool = False
    """The destruction report is signed; only what is public is left, or is going to be."""
    unfinished: bool = False
    """Retired, and something private is there still."""
    lacking: tuple[str, ...] = ()
    """Stations of a draft that have no register so far."""
    _seen: tuple[int, int] = field(default=(0, 0))

    @classmethod
    def open(
        cls,
        workspace: Workspace,
        clock: Callable[[], int],
        mounted: Callable[[], Sequence[Path]],
        workers: int = 2,
    ) -> Desk:
        """Sit down at a folder; the boxes are not read yet.

        Raises:
            Misuse: The folder holds no vote.
            Refused, Unreadable: Its draft is damaged.
        """
        definition = workspace.draft()[0].definition
        return cls(workspace, definition, speaks(definition), clock, mounted, workers)

    def read(self) -> None:
        """Read where the vote stands.

        Raises:
            Refused, Unreadable: The folder is damaged.
        """
        self.retired = retired_report(self.workspace) is not None
        if self.retired:
            self.standing, self.unfinished = None, what_is_left(self.workspace)
        elif self.workspace.is_sealed:
            self.standing = read_standing(self.workspace, self.clock())
            self.definition = self.standing.dossier.manifest.definition
        else:
            self.lacking = tuple(
                item.name
                for at, item in enumerate(self.definition.stations)
                if not roll_path(self.workspace, Mode.OFFICIAL, at).exists()
            )
        self._seen = self._stamp()

    def is_stale(self) -> bool:
        """Whether somebody else has changed the folder since it was read."""
        return self._stamp() != self._seen

    def _stamp(self) -> tuple[int, int]:
        """How many files there are, and when the last of them was changed."""
        changed = []
        for path in self.workspace.folder.rglob("*"):
            with suppress(OSError):  # gone meanwhile
                if path.suffix in _LASTING and not path.name.startswith("."):
                    changed.append(path.stat().st_mtime_ns)
        return len(changed), max(changed, default=0)

    @property
    def sealed(self) -> Standing:
        """Where the sealed vote stands; screens that need it are offered only then."""
        if self.standing is None:
            raise Misuse("nothing is sealed yet; run: tally seal")
        return self.standing

    @property
    def head(self) -> tuple[str, str]:
        """The first row: the vote on the left, its kind and the hour on the right."""
        say = self.language.say
        rehearsal = self.workspace.mode is Mode.REHEARSAL
        kind = say("REHEARSAL: THESE VOTES DO NOT COUNT") if rehearsal else say("OFFICIAL VOTE")
        hour = self.language.clock(self.clock(), self.definition.timezone)
        title = text_in(self.definition.title, self.language.code)
        return f"{self.definition.town}, {title}", f"{kind}   {hour}"
