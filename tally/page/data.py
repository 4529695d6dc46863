"""The data block of the page: keys, lists of ballots, digests of the other files, and the words of its program."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from keys.crypto.group import Point
from keys.crypto.transcript import sha256
from keys.desk.language import Language
from keys.election.archive import ArchiveReader
from keys.election.definition import text_in
from keys.election.dossier import Dossier
from keys.election.events import Kind
from keys.paper.keyboard import LAYOUTS
from tally.page.words import page_words

__all__ = ["PageBallot", "data_block", "page_data", "read_ballots"]

_NOT_IN_SCRIPT = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""Signs that could end the block it stands in, or a line of a program, in the form that JSON has for them."""

_BLOCK = re.compile(rb'<script type="application/json" id="data">([^<]*)</script>')


@dataclass(frozen=True, slots=True)
class PageBallot:
    """What the page holds of a ballot."""

    tracker: bytes
    """32 bytes."""
    credential: bytes
    """Public, 32 little-endian bytes; not in the page, but it names the machine."""
    unsigned: bytes
    """Belenios' hash of the ballot before it was signed, 32 bytes."""


def read_ballots(stream: BinaryIO) -> tuple[PageBallot, ...]:
    """The ballots of an archive whose form was checked before."""
    documents = (step.documents[0] for step in ArchiveReader(stream) if step.kind is Kind.BALLOT)
    return tuple(_ballot(json.loads(document), document) for document in documents)


def _ballot(fields: Mapping[str, Any], document: bytes) -> PageBallot:
    unsigned = base64.b64decode(fields["signature"]["hash"] + "=")
    return PageBallot(sha256(document), Point.from_hex(fields["credential"]).raw, unsigned)


def data_block(written: bytes) -> bytes:
    """The data block of a page as it stands there; empty where there is none."""
    found = _BLOCK.search(written)
    return found[1] if found else b""


def page_data(
    dossier: Dossier,
    ballots: Sequence[Sequence[PageBallot]],
    digests: Mapping[str, bytes],
    languages: Sequence[Language],
) -> str:
    """The block as JSON that can stand in a script element.

    Args:
        dossier: The papers.
        ballots: By contest.
        digests: SHA-256 by path of every file but the page and the publication.
        languages: Of the page.
    """
    manifest = dossier.manifest
    definition = manifest.definition
    content = {
        "manifest": dossier.fingerprint.hex(),
        "draft": dossier.draft_fingerprint.hex(),
        "replaces": None if manifest.replaces is None else manifest.replaces.hex(),
        "mode": int(dossier.mode),
        "zone": definition.timezone,
        "authority": manifest.authority_key.hex(),
        "stations": [
            item.name if item.name.startswith(item.id) else f"{item.id} {item.name}"
            for item in definition.stations
        ],
        "machines": [_machine(dossier, at) for at in range(len(manifest.machines))],
        "trustees": [{"name": item.name, "key": item.signing_key.hex()} for item in manifest.trustees],
        "board": [{"name": item.name, "key": item.signing_key.hex()} for item in manifest.board],
        "contests": [_contest(dossier, at, part, languages) for at, part in enumerate(ballots)],
        "files": {path: digests[path].hex() for path in sorted(digests)},
        "layouts": LAYOUTS,
        "words": {language.code: page_words(language) for language in languages},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_SCRIPT)


def _machine(dossier: Dossier, at: int) -> dict[str, Any]:
    machine, closing = dossier.manifest.machines[at], dossier.days[at].closing
    return {
        "station": machine.station,
        "key": machine.public_key.hex(),
        "style": list(dossier.manifest.styles[machine.station]),
        "excluded": at in dossier.excluded(),
        "closing": closing and {"digest": closing.set_digest.hex(), "ballots": closing.ballots},
    }


def _contest(
    dossier: Dossier, at: int, ballots: Sequence[PageBallot], languages: Sequence[Language]
) -> dict[str, Any]:
    contest, machines = dossier.manifest.definition.contests[at], dossier.machines_of(at)
    rows = sorted(ballots, key=lambda ballot: ballot.tracker)
    return {
        "id": contest.id,
        "title": {language.code: text_in(contest.title, language.code) for language in languages},
        "options": [
            {language.code: text_in(option.name, language.code) for language in languages}
            for option in contest.options
        ],
        "machines": list(machines),
        "ballots": _base64(ballot.tracker + ballot.unsigned for ballot in rows),
        "owners": _base64(_owners(dossier, at, rows)) if len(machines) > 1 else None,
    }


def _owners(dossier: Dossier, contest: int, ballots: Iterable[PageBallot]) -> list[bytes]:
    """The machine of each ballot, 2 bytes; a credential of none never passed the checks before."""
    by_credential = {
        credential: machine.to_bytes(2, "big")
        for machine in dossier.machines_of(contest)
        for credential in dossier.credentials_of(machine, contest)
    }
    return [by_credential[ballot.credential] for ballot in ballots]


def _base64(parts: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(parts)).decode("ascii")
