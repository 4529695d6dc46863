"""The returning officer's folder (`--dir`): where each thing lies, and the authority's keys.

authority.key          the authority's keys, wrapped under a passphrase
election.toml          the definition as it was read
private/               rolls, marks; never published
packages/MACHINE/      what goes to each machine
official/, rehearsal/  the vote and its rehearsal, each laid out as the public folder will be
official.db            the boxes that were imported, with their ballots
destruction/           the order to destroy what is private, and from then on the report that it was
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keys.desk.files import load_statement, read_bytes, write_private, write_whole
from keys.desk.passphrase import unwrap, wrap
from keys.election.dossier import Dossier, read_dossier
from keys.election.draft import Draft, open_draft
from keys.election.layout import DRAFT, MANIFEST, REQUEST, archive_path, read_statements, safe_name
from keys.election.record import Record
from keys.election.statement import Header, Mode, Role, StatementType, sign_statement
from keys.findings import Misuse, Refused

__all__ = ["Authority", "Workspace"]

_KIND = "authority keys"


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's keys, opened."""

    signing: Ed25519PrivateKey
    box: X25519PrivateKey

    @classmethod
    def generate(cls) -> Authority:
        """Draw new keys."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    def sign(self, type_: StatementType, mode: Mode, context: bytes, content: Record) -> bytes:
        """Sign a statement as the authority."""
        return sign_statement(
            Header(type_, mode, context, Role.AUTHORITY), content.to_content(), self.signing
        )

    def __repr__(self) -> str:
        return "Authority(...)"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of the returning officer, in one mode."""

    folder: Path
    mode: Mode = Mode.OFFICIAL

    @property
    def root(self) -> Path:
        """The part that is laid out as the public folder."""
        return self.folder / self.mode.name.lower()

    @property
    def boxes(self) -> Path:
        """The database of imported boxes."""
        return self.folder / f"{self.mode.name.lower()}.db"

    @property
    def is_sealed(self) -> bool:
        """Whether there is more than a draft."""
        return (self.root / MANIFEST).exists()

    @property
    def is_requested(self) -> bool:
        """Whether the trustees were asked to open."""
        return (self.root / REQUEST).exists()

    @property
    def private(self) -> Path:
        """What is never published."""
        return self.folder / "private"

    @property
    def private_of_mode(self) -> Path:
        """The part of it that belongs to the vote alone, or to its rehearsal alone."""
        return self.private / self.mode.name.lower()

    @property
    def publication(self) -> Path:
        """The list of files that was published last."""
        return self.folder / f"publication-{self.mode.name.lower()}.cose"

    @property
    def destruction(self) -> Path:
        """Where the order and the report of a destruction lie."""
        return self.folder / "destruction"

    @property
    def retired(self) -> Path:
        """The destruction report; where it lies, only what is public is left."""
        return self.destruction / "report.cose"

    def draft(self) -> tuple[Draft, bytes]:
        """The draft and its fingerprint.

        Raises:
            Misuse: The folder holds none.
        """
        path = self.root / DRAFT
        if not path.exists():
            raise Misuse(f"{self.folder} holds no vote; start with: tally new")
        statement = load_statement(path)
        return open_draft(statement), statement.fingerprint

    def dossier(self) -> Dossier:
        """All papers that are in, checked.

        Raises:
            Misuse: Nothing is sealed yet.
            Refused: V-161, the office was retired; the papers do not fit together.
        """
        if self.retired.exists():
            raise Refused("V-161", str(self.folder))
        if not self.is_sealed:
            raise Misuse("nothing is sealed yet; run: tally seal")
        return read_dossier(read_statements(self.root), self.mode)

    def archive(self, contest_id: str) -> Path:
        """Path of a contest's archive."""
        return self.root / archive_path(contest_id)

    def write(self, path: str, data: bytes) -> Path:
        """Write a file of the public part."""
        target = self.root / path
        write_whole(target, data)
        return target

    def package(self, machine: str) -> Path:
        """Folder of what goes to a machine."""
        return self.folder / "packages" / safe_name(machine)

    def keep_authority(self, authority: Authority, passphrase: bytes) -> None:
        """Wrap the authority's keys into the folder."""
        secret = cbor2.dumps({1: authority.signing.private_bytes_raw(), 2: authority.box.private_bytes_raw()})
        write_private(self.folder / "authority.key", wrap(secret, passphrase, _KIND))

    def open_authority(self, passphrase: bytes) -> Authority:
        """Open the authority's keys.

        Raises:
            Refused: K-101; V-161, the office was retired.
        """
        if self.retired.exists():
            raise Refused("V-161", str(self.folder))
        content = cbor2.loads(unwrap(read_bytes(self.folder / "authority.key"), passphrase, _KIND))
        return Authority(
            Ed25519PrivateKey.from_private_bytes(content[1]), X25519PrivateKey.from_private_bytes(content[2])
        )
