"""A public folder in the hands of an insider, who changes it and signs again what he can."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from keys.crypto.elgamal import Ciphertext, total
from keys.crypto.proofs import Proof
from keys.crypto.randomness import system_draw
from keys.crypto.trustees import PartialDecryption, Trustees, combine, decrypt_sums, partial_decrypt
from keys.election.archive import ArchiveReader, ArchiveWriter, Step
from keys.election.ballot_form import Ballot
from keys.election.documents import result_from_json, result_to_json, tally_from_json, tally_to_json
from keys.election.dossier import Dossier, read_dossier
from keys.election.events import Kind
from keys.election.layout import read_statements
from keys.election.opening import ContestDecryption, Decryption, Request
from keys.election.question import fingerprint
from keys.election.record import Record
from keys.election.result import Publication, PublishedFile
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from keys.findings import Refused
from tally.results.counted import Counted, count_contest, result_of
from tally.telling.tables import results_csv, results_json
from tally.telling.trackers import tracker_lines
from tally.verify.case import Case, Unchecked
from tally.verify.page import PAGE, page_again
from tally.verify.published import PUBLICATION, read_folder
from tally.verify.steps import STEPS, run_step
from tests.simulator.vote import NOW, HeldVote

__all__ = ["Forgery", "proofs_of"]

_R = TypeVar("_R", bound=Record)
_REQUEST = "decryptions/request.cose"


def proofs_of(proofs: Sequence[Proof]) -> bytes:
    """Second proofs as a decryption holds them."""
    return b"".join(proof.to_bytes() for proof in proofs)


@dataclass(frozen=True, slots=True)
class Forgery:
    """A copy of the public folder, and everybody's keys."""

    vote: HeldVote
    root: Path

    @classmethod
    def of(cls, vote: HeldVote, root: Path) -> Forgery:
        shutil.copytree(vote.public, root)
        return cls(vote, root)

    def paths(self) -> list[str]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_bytes(data)

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def record(self, path: str, kind: type[_R]) -> _R:
        return kind.from_content(read_statement(self.read(path)).content, path)

    def sign(self, path: str, content: Record) -> None:
        """Sign a changed content in the name of whoever signed the file."""
        header = read_statement(self.read(path)).header
        raw = self.vote.signed_by(header.role, header.type, content.to_content(), header.signer)
        self.write(path, raw)

    def sign_as_machine(self, path: str) -> None:
        """The content of a file in the name of machine 0, which signs nothing of this type."""
        old = read_statement(self.read(path))
        header = object.__new__(Header)  # a sound one refuses the role
        fields = {"type": old.header.type, "mode": old.header.mode, "context": old.header.context}
        for name, value in {**fields, "role": Role.MACHINE, "signer": 0}.items():
            object.__setattr__(header, name, value)
        self.write(path, sign_statement(header, old.content, self.vote.machines[0].signing))

    def change(self, path: str, kind: type[_R], **fields: Any) -> None:
        record: Any = self.record(path, kind)
        self.sign(path, replace(record, **fields))

    def decision(self, kind: int) -> str:
        """Path of the decision of a kind."""
        for path in self.paths():
            if path.startswith("decisions/") and read_statement(self.read(path)).content[1] == kind:
                return path
        raise LookupError(kind)

    def report(self, machine: int, type_: StatementType) -> str:
        """Path of a report of a machine."""
        for path in self.paths():
            if path.startswith("reports/"):
                header = read_statement(self.read(path)).header
                if (header.signer, header.type) == (machine, type_):
                    return path
        raise LookupError(type_)

    def publish(self) -> None:
        """The authority signs the folder as it is now; unless the page is the lie, the program writes it anew."""
        self._write_page()
        files = []
        for path in self.paths():
            if path != "publication.cose":
                data = self.read(path)
                files.append(PublishedFile(path, len(data), hashlib.sha256(data).digest()))
        files.sort(key=lambda item: item.path)
        content = Publication(NOW, tuple(files), "forged").to_content()
        self.write("publication.cose", self.vote.signed(StatementType.PUBLICATION, content))

    def _write_page(self) -> None:
        listed = {item.path: item.digest for item in self.record(PUBLICATION, Publication).files}
        if PAGE not in self.paths() or hashlib.sha256(self.read(PAGE)).digest() != listed.get(PAGE):
            return
        case = Case(read_folder(self.root), self.vote.mode, None)
        for number, row in enumerate(STEPS, 1):
            if row.name not in {"minutes", "page"}:
                run_step(case, number, row)
        others = (path for path in self.paths() if path not in {PAGE, PUBLICATION})
        digests = {path: hashlib.sha256(self.read(path)).digest() for path in others}
        with suppress(Unchecked, Refused):
            self.write(PAGE, page_again(case, digests))

    def dossier(self) -> Dossier:
        return read_dossier(read_statements(self.root), Mode.OFFICIAL)

    def steps(self, contest: str) -> list[Step]:
        return list(ArchiveReader(io.BytesIO(self.read(f"archives/{contest}.bel"))))

    def archive(self, contest: str, steps: Sequence[Step]) -> str:
        """Write an archive that says whatever it is told; gives its head."""
        path = f"archives/{contest}.bel"
        stream = io.BytesIO()
        writer = ArchiveWriter(stream, ArchiveReader(io.BytesIO(self.read(path))).timestamp)
        for step in steps:
            writer.append(step)
        self.write(path, stream.getvalue())
        return writer.head

    def keep_ballots(self, contest: str, kept: Callable[[list[bytes]], list[bytes]]) -> None:
        """Write an archive with other ballots, their sum, and no opening."""
        steps = self.steps(contest)
        ballots = kept([step.documents[0] for step in steps if step.kind is Kind.BALLOT])
        rows = zip(*(Ballot.parse(raw).unsigned.answer.choices for raw in ballots), strict=True)
        tally = tally_to_json([total(row) for row in rows])
        count = len(ballots)
        self.archive(
            contest,
            [
                steps[0],
                *(Step(Kind.BALLOT, (raw,)) for raw in ballots),
                Step(Kind.END_BALLOTS, ()),
                Step(Kind.ENCRYPTED_TALLY, (tally,), (count, count)),
            ],
        )

    def reopen(self, *, request: bool = True) -> None:
        """Everybody but the machines plays along: request, decryptions, archives, results and tables are made anew.

        Args:
            request: Make a request for the archives as they are now; else the old one stays.
        """
        definition = self.dossier().manifest.definition
        names = [contest.id for contest in definition.contests]
        ends = {Kind.PARTIAL_DECRYPTION, Kind.RESULT}
        bare = {name: [step for step in self.steps(name) if step.kind not in ends] for name in names}
        heads = [bytes.fromhex(self.archive(name, bare[name])) for name in names]
        if request:
            self.request(heads, [sum(s.kind is Kind.BALLOT for s in bare[name]) for name in names])
        parts = [self._decrypt(at, bare[name], heads[at]) for at, name in enumerate(names)]
        asked = read_statement(self.read(_REQUEST)).fingerprint
        for trustee in range(len(self.vote.trustees)):
            answer = Decryption(asked, tuple(part[trustee] for part in parts))
            self.sign(f"decryptions/trustee-{trustee}.cose", answer)
        for at, name in enumerate(names):
            self._finish(name, bare[name], [PartialDecryption.parse(part.partial) for part in parts[at]])
        self.recount()

    def request(self, heads: Sequence[bytes], ballots: Sequence[int]) -> None:
        """The authority asks for these archives, on the reports and decisions that are there."""
        dossier, old = self.dossier(), self.record(_REQUEST, Request)
        contests = tuple(
            replace(item, head=heads[item.contest], ballots=ballots[item.contest]) for item in old.contests
        )
        closings = sorted(day.closing_fingerprint for day in dossier.days if day.closing_fingerprint)
        known = {item.fingerprint for item in dossier.effective_decisions()}
        decisions = tuple(item for item in old.decisions if item in known)
        new = replace(old, contests=contests, reports=tuple(closings), decisions=decisions)
        self.sign(_REQUEST, new)

    def recount(self) -> None:
        """Results, tables and lists of trackers from the archives; the minutes stay."""
        dossier = self.dossier()
        counted: list[Counted] = []
        for at, contest in enumerate(dossier.manifest.definition.contests):
            steps = self.steps(contest.id)
            ballots = [step.documents[0] for step in steps if step.kind is Kind.BALLOT]
            row = result_from_json(steps[-1].documents[0])
            item = count_contest(dossier, at, row, len(ballots))
            counted.append(item)
            head = bytes.fromhex(self.archive(contest.id, steps))
            self.sign(f"results/{contest.id}.cose", result_of(item, head))
            trackers = [hashlib.sha256(raw).digest() for raw in ballots]
            self.write(f"trackers/{contest.id}.txt", tracker_lines(trackers))
        self.write("results.json", results_json(dossier, counted, "fr"))
        self.write("results.csv", results_csv(dossier, counted, "fr"))

    def _decrypt(self, contest: int, steps: Sequence[Step], head: bytes) -> list[ContestDecryption]:
        mark = fingerprint(steps[0].documents[0])
        tally = _tally(steps)
        parts = []
        for trustee in self.vote.trustees:
            partial = partial_decrypt(trustee.secret, tally, mark, system_draw)
            parts.append(ContestDecryption(contest, head, partial.to_json(), proofs_of(partial.bound)))
        return parts

    def _finish(self, name: str, steps: Sequence[Step], partials: Sequence[PartialDecryption]) -> None:
        trustees = Trustees.parse(steps[0].documents[1])
        by_owner: Mapping[int, PartialDecryption] = dict(enumerate(partials, 1))
        ballots = sum(step.kind is Kind.BALLOT for step in steps)
        sums = decrypt_sums(_tally(steps), combine(trustees, by_owner), ballots)
        opened = [
            Step(Kind.PARTIAL_DECRYPTION, (partial.to_json(),), (owner,))
            for owner, partial in by_owner.items()
        ]
        self.archive(name, [*steps, *opened, Step(Kind.RESULT, (result_to_json(sums),))])


def _tally(steps: Sequence[Step]) -> Sequence[Ciphertext]:
    return tally_from_json(next(step for step in steps if step.kind is Kind.ENCRYPTED_TALLY).documents[0])
