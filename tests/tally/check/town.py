"""A small vote in memory, all its keys in hand: two stations, one of them with two contests a visit.

Everything follows from labels, so that the vote is the same in every run. `publish` writes the public folder.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.credentials import derive_credential, secret_key
from keys.crypto.elgamal import total
from keys.crypto.group import Scalar, base_mul
from keys.crypto.randomness import SeededDraw, expand_seed
from keys.crypto.trustees import TrusteeKey, Trustees, combine, decrypt_sums, partial_decrypt
from keys.election.archive import ArchiveWriter
from keys.election.ballot import Ballot, UnsignedBallot, commitment, make_ballot_for
from keys.election.box import set_digest
from keys.election.challenge import Challenge, OpenedBallot
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.documents import result_to_json, tally_to_json
from keys.election.dossier import Dossier, read_dossier
from keys.election.draft import Draft
from keys.election.enrolment import ContestCredentials, Enrolment, TrusteeFile
from keys.election.layout import archive_path
from keys.election.manifest import Manifest
from keys.election.question import ElectionParams, fingerprint
from keys.election.receipt import Receipt
from keys.election.record import Record
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.result import Publication, PublishedFile, Result
from keys.election.sealing import HandedIn, SealingFacts, assemble
from keys.election.statement import (
    NO_CONTEXT,
    Header,
    Mode,
    Role,
    StatementType,
    read_statement,
    sign_statement,
)
from tally.telling.trackers import tracker_lines

SEALED = 1795301063
VISITS = 3
_PROGRAM = "isoloir test"
_T = StatementType


def key(label: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(label.encode()).digest())


def public(label: str) -> bytes:
    return key(label).public_key().public_bytes_raw()


def draw(label: str) -> SeededDraw:
    return SeededDraw(bytes(32), label.encode())


def seed_of(label: str) -> bytes:
    return sha256(f"seed {label}".encode()).digest()


def _definition(title: str) -> Definition:
    def contest(name: str, station: int) -> Contest:
        options = tuple(Option(str(n), {"fr": f"{name} {n}"}) for n in (1, 2, 3))
        return Contest(
            id=name.lower(),
            title={"fr": name},
            rule="approval",
            least=1,
            most=2,
            options=options,
            stations=(station,),
            terms=Terms(max_winners=1),
            form="marks",
        )

    return Definition(
        title={"fr": title},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr", "en"),
        contests=(contest("Cyprien", 0), contest("Minimes", 1), contest("Ville", 1)),
        stations=(
            Station("06", "Saint-Cyprien", "", 6, ("06",)),
            Station("08", "Minimes", "", 6, ("08",)),
        ),
        trustees=("Anne",),
        threshold=1,
        small_number=1,
        reserve=2,
    )


@dataclass(slots=True)
class Visit:
    """A visit whose ballots are made."""

    machine: int
    unsigned: list[UnsignedBallot]
    secrets: list[Scalar]
    ballots: list[Ballot] = field(default_factory=list)

    @property
    def commitment(self) -> bytes:
        return commitment([item.hash for item in self.unsigned])

    def cast(self) -> None:
        self.ballots = [
            unsigned.sign(secret, draw(f"nonce {secret}"))
            for unsigned, secret in zip(self.unsigned, self.secrets, strict=True)
        ]


class Town:
    """The vote."""

    def __init__(self, label: str = "town", mode: Mode = Mode.OFFICIAL) -> None:
        self.label, self.mode = label, mode
        self.files: dict[str, bytes] = {}
        self.trustee = TrusteeKey.generate(draw(f"{label} trustee"))
        self._seal()
        self.visits = [self.visit(machine, row) for machine in (0, 1) for row in range(VISITS)]
        for visit in self.visits:
            visit.cast()
        for machine in (0, 1):
            self._report(machine)
        for contest in range(3):
            self.count(contest)

    def sign(
        self,
        type_: StatementType,
        content: Record,
        *,
        signer: int | None = None,
        by: str | None = None,
        context: bytes | None = None,
        mode: Mode | None = None,
    ) -> bytes:
        """A statement of this vote; `by` names another key than the right one."""
        role = Role.AUTHORITY if signer is None else Role.MACHINE
        header = Header(type_, mode or self.mode, context or self.fingerprint, role, signer)
        right = "authority" if signer is None else f"machine {signer}"
        return sign_statement(header, content.to_content(), key(f"{self.label} {by or right}"))

    @property
    def dossier(self) -> Dossier:
        return read_dossier(self.files, self.mode)

    def _seal(self) -> None:
        uuids = {
            Mode.OFFICIAL: ("A" * 14, "B" * 14, "C" * 14),
            Mode.REHEARSAL: ("D" * 14, "E" * 14, "F" * 14),
        }
        definition = _definition(f"Votes {self.label}")
        draft = Draft(
            definition=definition,
            official_uuids=uuids[Mode.OFFICIAL],
            rehearsal_uuids=uuids[Mode.REHEARSAL],
            authority_key=public(f"{self.label} authority"),
            authority_box_key=bytes(31) + b"\x09",
            made=SEALED,
            program=_PROGRAM,
        )
        header = Header(_T.DRAFT, Mode.OFFICIAL, NO_CONTEXT, Role.AUTHORITY)
        self.files["draft.cose"] = sign_statement(header, draft.to_content(), key(f"{self.label} authority"))
        drafted = read_statement(self.files["draft.cose"]).fingerprint
        self.uuids = uuids[self.mode]
        for machine, style in enumerate(((0,), (1, 2))):
            self.files[f"enrolments/0{6 + 2 * machine}.cose"] = self._enrol(
                machine, style, definition, drafted
            )
        trustee = TrusteeFile(
            "Anne", public(f"{self.label} trustee"), self.trustee.public(draw("pok")).to_json().encode()
        )
        header = Header(_T.TRUSTEE, self.mode, drafted, Role.TRUSTEE)
        self.files["trustees/trustee-1.cose"] = sign_statement(
            header, trustee.to_content(), key(f"{self.label} trustee")
        )
        given = HandedIn(
            [read_statement(data) for path, data in self.files.items() if path.startswith("enrolments/")],
            [read_statement(self.files["trustees/trustee-1.cose"])],
        )
        rehearsal = bytes(32) if self.mode is Mode.REHEARSAL else None
        facts = SealingFacts(definition, (bytes(32),) * 2, SEALED, _PROGRAM, rehearsal_secret=rehearsal)
        self.manifest: Manifest = assemble(draft, drafted, self.mode, given, facts)
        header = Header(_T.MANIFEST, self.mode, drafted, Role.AUTHORITY)
        raw = sign_statement(header, self.manifest.to_content(), key(f"{self.label} authority"))
        self.files["manifest.cose"] = raw
        self.fingerprint = read_statement(raw).fingerprint

    def _secret(self, machine: int, contest: int, row: int) -> Scalar:
        uuid = self.uuids[contest]
        return secret_key(uuid, derive_credential(seed_of(f"{self.label} {machine}"), uuid, row))

    def _enrol(self, machine: int, style: tuple[int, ...], definition: Definition, drafted: bytes) -> bytes:
        rows = range(definition.capacity(machine))
        enrolment = Enrolment(
            station=machine,
            machine=definition.stations[machine].machines[0],
            public_key=public(f"{self.label} machine {machine}"),
            box_key=bytes(32),
            credentials=tuple(
                ContestCredentials(
                    contest, b"".join(base_mul(self._secret(machine, contest, row)).raw for row in rows)
                )
                for contest in style
            ),
            cards=5,
            program=_PROGRAM,
        )
        header = Header(_T.ENROLMENT, self.mode, drafted, Role.MACHINE)
        return sign_statement(header, enrolment.to_content(), key(f"{self.label} machine {machine}"))

    def visit(
        self, machine: int, row: int, selection: tuple[int, ...] = (1, 0, 1), label: str = "vote"
    ) -> Visit:
        visit = Visit(machine, [], [])
        seed = seed_of(f"{label} {machine} {row}")
        for contest in self.manifest.styles[machine]:
            secret = self._secret(machine, contest, row)
            params = self.manifest.params(contest)
            assert isinstance(params, ElectionParams)
            mark = fingerprint(params.to_json_bytes())
            credential = base_mul(secret)
            source = expand_seed(seed, fingerprint=mark, credential=credential, selection=selection)
            visit.unsigned.append(make_ballot_for(params, mark, credential, selection, source))
            visit.secrets.append(secret)
        return visit

    def receipt(self, visit: Visit) -> Receipt:
        return Receipt(tuple(item.tracker[:16] for item in visit.ballots), visit.commitment[:10])

    def challenge(
        self, machine: int, row: int = 5, *, label: str = "check", selection: tuple[int, ...] = (0, 1, 1)
    ) -> Challenge:
        """An opened visit; with the label and row of a vote, that of a vote that was cast."""
        visit = self.visit(machine, row, selection, label)
        return Challenge(
            seed_of(f"{label} {machine} {row}"),
            visit.commitment,
            tuple(
                OpenedBallot(contest, selection, item.credential.raw)
                for contest, item in zip(self.manifest.styles[machine], visit.unsigned, strict=True)
            ),
        )

    def in_contest(self, contest: int) -> list[Ballot]:
        found = []
        for visit in self.visits:
            style = self.manifest.styles[visit.machine]
            if contest in style:
                found.append(visit.ballots[style.index(contest)])
        return sorted(found, key=lambda ballot: ballot.tracker)

    def _report(self, machine: int) -> None:
        zero = ZeroReport(SEALED + 100, 6, 0, 0, 8, public(f"{self.label} machine {machine}"), _PROGRAM)
        raw = self.sign(_T.ZERO_REPORT, zero, signer=machine)
        opened = read_statement(raw).fingerprint
        pause = self.sign(_T.PAUSE_REPORT, PauseReport(SEALED + 200, 2, opened, "repas"), signer=machine)
        paused = read_statement(pause).fingerprint
        again = self.sign(_T.REOPENING_REPORT, PauseReport(SEALED + 300, 2, paused), signer=machine)
        box = {
            contest: [ballot.tracker for ballot in self.in_contest(contest)]
            for contest in self.manifest.styles[machine]
        }
        closing = ClosingReport(
            closed=SEALED + 400,
            electors=6,
            marks=VISITS,
            ballots=VISITS,
            signatures=VISITS,
            set_digest=set_digest(box),
            file_digest=bytes(32),
            previous=read_statement(again).fingerprint,
            zero_report=opened,
        )
        self.closing = closing
        reports = (raw, pause, again, self.sign(_T.CLOSING_REPORT, closing, signer=machine))
        for number, report in enumerate(reports, 1):
            self.files[f"reports/0{6 + 2 * machine}-{number}.cose"] = report

    def count(self, contest: int) -> None:
        ballots = self.in_contest(contest)
        setup = self.dossier.setup_of(contest)
        rows = zip(*(ballot.unsigned.answer.choices for ballot in ballots), strict=True)
        sums = tuple(total(row) for row in rows)
        mark = fingerprint(setup[0])
        partial = partial_decrypt(self.trustee.secret, sums, mark, draw(f"opening {contest}"))
        counts = decrypt_sums(sums, combine(Trustees.parse(setup[1]), {1: partial}), len(ballots))
        stream = io.BytesIO()
        writer = ArchiveWriter(stream, SEALED)
        writer.setup(*setup)
        for ballot in ballots:
            writer.ballot(ballot.to_json())
        writer.end_ballots()
        writer.encrypted_tally(tally_to_json(sums), len(ballots), len(ballots))
        writer.partial_decryption(1, partial.to_json())
        writer.result(result_to_json(counts))
        name = self.manifest.definition.contests[contest].id
        self.files[archive_path(name)] = stream.getvalue()
        result = Result(
            contest, bytes.fromhex(writer.head), len(ballots), counts[0], tuple(counts[1:]), (0,), "approval"
        )
        self.files[f"results/{name}.cose"] = self.sign(_T.RESULT, result)
        self.files[f"trackers/{name}.txt"] = tracker_lines(ballot.tracker for ballot in ballots)

    def decision(self, kind: DecisionKind, subject: int, reason: str = "Décidé en séance") -> bytes:
        return self.sign(_T.DECISION, Decision(kind, subject, reason, SEALED + 500))

    def publish(
        self,
        root: Path,
        more: Mapping[str, bytes] | None = None,
        without: Callable[[str], bool] = lambda _: False,
    ) -> Path:
        """Write the public folder.

        Args:
            root: New folder.
            more: Files beside or instead of the usual ones.
            without: Paths that are left out.
        """
        files = {path: data for path, data in {**self.files, **(more or {})}.items() if not without(path)}
        listed = tuple(
            PublishedFile(path, len(data), sha256(data).digest()) for path, data in sorted(files.items())
        )
        files["publication.cose"] = self.sign(_T.PUBLICATION, Publication(SEALED + 600, listed, _PROGRAM))
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return root
