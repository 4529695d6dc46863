"""The evidence: a public folder, as far as the checks of one thing need it.

Draft, manifest, enrolments, trustees, reports and decisions are checked against each other when it is opened.
Archives are read as streams when they are asked for, each once: every ballot is hashed, no proof is checked.
That the right ballots stand there is shown by the digest in the closing report of each machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.crypto.transcript import sha256
from keys.election.archive import ArchiveReader, Outline, Step, outline
from keys.election.ballot import Ballot
from keys.election.box import set_digest
from keys.election.definition import text_in
from keys.election.dossier import Dossier, read_dossier
from keys.election.draft import open_draft
from keys.election.events import Kind
from keys.election.layout import archive_path
from keys.election.manifest import check_drafted, open_manifest
from keys.election.statement import Statement, read_statement
from keys.findings import Refused
from tally.verify.published import PublishedFolder, read_folder

__all__ = ["Evidence", "Line", "open_evidence"]


@dataclass(frozen=True, slots=True)
class Line:
    """A ballot of an archive."""

    tracker: bytes
    """32 bytes."""
    credential: bytes
    """Public, 32 bytes."""
    unsigned: bytes
    """Belenios' hash of the ballot without its signature, 32 bytes."""
    choices: bytes
    """Digest of its ciphertexts: the same for two ballots only if one was made from the other."""


class Evidence:
    """A public folder.

    Attributes:
        dossier: Its papers.
        folder: Its files.
        complete: False where it holds draft and manifest only, so that signatures can be checked and no more.
        origin_checked: Whether the fingerprint of its manifest was given from outside.
    """

    def __init__(
        self, dossier: Dossier, folder: PublishedFolder, *, complete: bool, origin_checked: bool
    ) -> None:
        self.dossier = dossier
        self.folder = folder
        self.complete = complete
        self.origin_checked = origin_checked
        self._lines: dict[int, tuple[Line, ...]] = {}

    def station(self, machine: int) -> str:
        """Number and name of a machine's station."""
        manifest = self.dossier.manifest
        station = manifest.definition.stations[manifest.machines[machine].station]
        return station.name if station.name.startswith(station.id) else f"{station.id} {station.name}"

    def style(self, machine: int) -> tuple[int, ...]:
        """Contests of a machine, in the order of its receipts."""
        return self.dossier.manifest.styles[self.dossier.manifest.machines[machine].station]

    def title(self, contest: int, language: str) -> str:
        """A contest's name."""
        return text_in(self.dossier.manifest.definition.contests[contest].title, language)

    def option(self, contest: int, option: int, language: str) -> str | None:
        """An option's name; None where there is no such option."""
        contests = self.dossier.manifest.definition.contests
        options = contests[contest].options if contest < len(contests) else ()
        return text_in(options[option].name, language) if option < len(options) else None

    def contest_id(self, contest: int) -> str:
        """A contest's id."""
        return self.dossier.manifest.definition.contests[contest].id

    def has_archive(self, contest: int) -> bool:
        """Whether the ballots of a contest are published."""
        return self.complete and archive_path(self.contest_id(contest)) in self.folder.stored

    def lines(self, contest: int) -> tuple[Line, ...]:
        """The ballots of a contest; ask `has_archive` first.

        Raises:
            Refused: V-3 codes, the archive is not one of this vote or cannot be read.
        """
        if contest not in self._lines:
            name = self.contest_id(contest)
            with self.folder.open(archive_path(name)) as stream:
                reader = ArchiveReader(stream, f"archive {name}")
                lines: list[Line] = []
                for step in reader:
                    if step.kind is Kind.SETUP:
                        self._check_setup(contest, step)
                    elif step.kind is Kind.BALLOT:
                        lines.append(_line(step.documents[0], f"ballot {len(lines) + 1} of contest {name}"))
            self._lines[contest] = tuple(lines)
        return self._lines[contest]

    def outline(self, contest: int) -> Outline:
        """An archive without its ballots.

        Raises:
            Refused: V-3 codes.
        """
        name = self.contest_id(contest)
        with self.folder.open(archive_path(name)) as stream:
            seen = outline(stream, f"archive {name}")
        self._check_setup(contest, seen.setup)
        return seen

    def box_digest(self, machine: int) -> bytes:
        """Digest of the published ballots of a machine, to be compared with its closing report."""
        box: dict[int, list[bytes]] = {}
        for contest in self.style(machine):
            own = self.dossier.credentials_of(machine, contest)
            box[contest] = [line.tracker for line in self.lines(contest) if line.credential in own]
        return set_digest(box)

    def owner(self, contest: int, credential: bytes) -> int | None:
        """The machine that a credential belongs to."""
        for machine in self.dossier.machines_of(contest):
            if credential in self.dossier.credentials_of(machine, contest):
                return machine
        return None

    def published(self, statement: Statement) -> str | None:
        """Path under which exactly this statement is published."""
        return next((path for path, data in self.folder.files.items() if data == statement.raw), None)

    def _check_setup(self, contest: int, setup: Step) -> None:
        if setup.documents != self.dossier.setup_of(contest):
            raise Refused("V-340", f"contest {self.contest_id(contest)}", "it begins with other papers")


def _line(data: bytes, subject: str) -> Line:
    try:
        ballot = Ballot.parse(data)
    except CryptoError as error:
        raise Refused("V-305", subject, str(error)) from None
    choices = ",".join(choice.text() for choice in ballot.unsigned.answer.choices)
    return Line(sha256(data), ballot.unsigned.credential.raw, ballot.unsigned.hash, sha256(choices.encode()))


def open_evidence(root: Path, fingerprint: bytes | None = None) -> Evidence:
    """Open a public folder; its mode is that of its manifest.

    Args:
        root: The folder.
        fingerprint: Of the manifest, from the poster.

    Raises:
        Unreadable: It is not there.
        Refused: V-119, it is not the vote of the poster; other V codes, its papers do not fit together.
    """
    folder = read_folder(root)
    for path in ("draft.cose", "manifest.cose"):
        if path not in folder.files:
            raise Refused("V-208", path)
    files = {path: data for path, data in folder.files.items() if path.endswith(".cose")}
    manifest = read_statement(files["manifest.cose"])
    mode = manifest.header.mode
    if fingerprint is not None and manifest.fingerprint != fingerprint:
        raise Refused("V-119", "poster", "the public folder is that of another sealed file")
    complete = bool(folder.names("enrolments"))
    dossier = read_dossier(files, mode) if complete else _bare(files["draft.cose"], manifest)
    return Evidence(dossier, folder, complete=complete, origin_checked=fingerprint is not None)


def _bare(draft: bytes, manifest: Statement) -> Dossier:
    """Draft and manifest alone: enough to check a signature."""
    statement = read_statement(draft)
    opened = open_draft(statement)
    found = open_manifest(manifest, manifest.header.mode, statement.fingerprint, opened.authority_key)
    check_drafted(found, opened, manifest.header.mode)
    nobody: frozenset[int] = frozenset()
    return Dossier(
        opened,
        statement.fingerprint,
        found,
        manifest.fingerprint,
        manifest.header.mode,
        (),
        nobody,
        nobody,
        (),
    )
