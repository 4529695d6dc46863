"""Lies told to an import: by thieves of sticks, who sign nothing, and by machines, which sign what they are told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.elgamal import encrypt
from keys.crypto.group import base_mul, scalar
from keys.crypto.randomness import system_draw
from keys.desk.passphrase import seal
from keys.election.ballot_form import Ballot, UnsignedBallot
from keys.election.decision import Decision, DecisionKind
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.packing import pack
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.statement import (
    Header,
    Mode,
    Role,
    StatementType,
    canonical,
    read_statement,
    sign_statement,
)
from keys.findings import Refused
from station.machine import open_keys
from tests.simulator.hands import Hands, Rows
from tests.simulator.vote import HeldVote

CLOSING, ZERO = StatementType.CLOSING_REPORT, StatementType.ZERO_REPORT
Change = Callable[[Hands, Rows], None]


def another_vote(hands: Hands) -> None:
    _bring(hands, hands.other)


def rehearsal(hands: Hands) -> None:
    """The rehearsal of this very vote: its machine has other keys there."""
    assert hands.other.twin is not None
    _bring(hands, hands.other.twin)


def _from_the_rehearsal(type_: StatementType) -> Callable[[Hands], None]:
    """One paper on the stick is that of a rehearsal; the rest is the machine's own."""

    def tell(hands: Hands) -> None:
        assert hands.other.twin is not None
        twin = hands.other.twin
        folder = twin.root / "stick" / twin.mode.name.lower() / "m1"
        raw = next(
            data
            for data in (path.read_bytes() for path in sorted(folder.glob("*.cose")))
            if read_statement(data).header.type is type_
        )
        hands.stick().path(type_).write_bytes(raw)

    return tell


marks_of_the_rehearsal = _from_the_rehearsal(StatementType.MARKS)
closing_of_the_rehearsal = _from_the_rehearsal(CLOSING)


def _bring(hands: Hands, vote: HeldVote) -> None:
    shutil.rmtree(hands.stick().folder)
    shutil.copytree(vote.root / "stick" / vote.mode.name.lower() / "m1", hands.stick().folder)


def box_of_another_machine(hands: Hands) -> None:
    shutil.copy(hands.stick("m2").box, hands.stick().box)


def truncated(hands: Hands) -> None:
    data = hands.stick().box.read_bytes()
    hands.stick().box.write_bytes(data[: len(data) // 2])


def link(hands: Hands) -> None:
    box = hands.stick().box
    box.rename(box.with_name("elsewhere"))
    box.symlink_to(box.with_name("elsewhere"))


def huge(hands: Hands) -> None:
    with hands.stick().box.open("wb") as file:
        file.truncate(1 << 40)


def journal(hands: Hands) -> None:
    """Any other program would let SQLite roll it back, and read another box."""
    hands.stick().box.with_name("box.sqlite-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")


def trigger(hands: Hands) -> None:
    statement = "CREATE TRIGGER more AFTER INSERT ON ballot BEGIN DELETE FROM ballot; END"
    with closing(sqlite3.connect(hands.stick().box, isolation_level=None)) as connection:
        connection.execute(statement)


def same_row_twice(hands: Hands) -> None:
    stick = hands.stick()
    data, trackers = stick.box.read_bytes(), sorted(stick.rows()[0])
    stick.box.write_bytes(data.replace(trackers[1], trackers[0]))


def more_than_electors(hands: Hands) -> None:
    """Seventeen ballots where sixteen credentials are, signed."""
    rows = hands.stick().rows()
    body = next(iter(rows[0].values()))
    rows[0] |= {bytes([number]) * 32: body for number in range(5)}
    hands.stick().put_signed(rows)


def swapped_bytes(hands: Hands) -> None:
    rows = hands.stick().rows()
    _change_first(rows)
    hands.stick().put(rows)


def ballot_left_out(hands: Hands) -> None:
    rows = hands.stick().rows()
    rows[0].popitem()
    hands.stick().put(rows)


def _change_first(rows: Rows) -> None:
    tracker, body = next(iter(rows[0].items()))
    rows[0][tracker] = body[:70] + bytes([body[70] ^ 1]) + body[71:]


def signed(change: Change) -> Callable[[Hands], None]:
    """The machine changes its box, and signs the closing report of the changed one."""

    def tell(hands: Hands) -> None:
        rows = hands.stick().rows()
        change(hands, rows)
        hands.stick().put_signed(rows)

    return tell


def bytes_changed(hands: Hands, rows: Rows) -> None:
    _change_first(rows)


def trackers_exchanged(hands: Hands, rows: Rows) -> None:
    first, second = list(rows[0])[:2]
    rows[0][first], rows[0][second] = rows[0][second], rows[0][first]


def ballot_of_a_neighbour(hands: Hands, rows: Rows) -> None:
    rows[0].popitem()
    rows[0] |= dict([hands.stick("m2").rows()[0].popitem()])


def credential_of_the_spare(hands: Hands, rows: Rows) -> None:
    """A sound ballot, signed with a credential of the spare for the same station."""
    _exchange(hands, rows, hands.ballot(hands.secret("m1bis", 0)))


def credential_of_nobody(hands: Hands, rows: Rows) -> None:
    _exchange(hands, rows, hands.ballot(scalar(2022)))


def one_credential_twice(hands: Hands, rows: Rows) -> None:
    """A second sound ballot with a credential that has voted."""
    bodies = list(rows[0].values())
    secret = hands.secret_of("m1", bodies[0][:32])
    rows[0].pop(hands.read(bodies[1]).tracker)
    _put(rows, hands.ballot(secret))


def five_votes(hands: Hands, rows: Rows) -> None:
    """A ballot that counts five for an option, signed; its proofs are those of an honest one."""
    body = next(iter(rows[0].values()))
    secret = hands.secret_of("m1", body[:32])
    honest = hands.ballot(secret).unsigned
    choices = honest.answer.choices
    more = choices[1] + encrypt(hands.params().public_key, 5, system_draw())
    answer = replace(honest.answer, choices=(choices[0], more, *choices[2:]))
    unsigned = UnsignedBallot(honest.uuid, honest.fingerprint, honest.credential, answer)
    rows[0].pop(hands.read(body).tracker)
    _put(rows, unsigned.sign(secret, system_draw))


def unsigned_ballot(hands: Hands, rows: Rows) -> None:
    """A ballot made for a credential whose private part the maker does not have."""
    body = next(iter(rows[0].values()))
    other = next(iter(list(rows[0].values())[1:]))
    ballot = hands.read(body)
    rows[0].pop(ballot.tracker)
    _put(rows, Ballot(ballot.unsigned, hands.read(other).signature))


def _exchange(hands: Hands, rows: Rows, ballot: Ballot) -> None:
    rows[0].popitem()
    _put(rows, ballot)


def _put(rows: Rows, ballot: Ballot) -> None:
    rows[0][ballot.tracker] = pack(ballot)


def report(**fields: object) -> Callable[[Hands], None]:
    """The machine signs another closing report under the same box."""
    return lambda hands: hands.stick().change(CLOSING, ClosingReport, **fields)


def other_box_after_printing(hands: Hands) -> None:
    """Everything is signed anew but the paper on the door: a ballot fewer, and all three figures with it."""
    rows = hands.stick().rows()
    hands.paper = hands.stick().record(CLOSING, ClosingReport).set_digest
    rows[0].popitem()
    hands.stick().put_signed(rows, marks=11, signatures=11)


def ballot_dropped(hands: Hands) -> None:
    """As before, but the officers had counted the signatures."""
    rows = hands.stick().rows()
    rows[0].popitem()
    hands.stick().put_signed(rows)


def ballot_added(hands: Hands) -> None:
    """The machine casts for an elector who never came; nobody signed the paper list."""
    rows = hands.stick().rows()
    used = {body[:32] for body in rows[0].values()}
    free = next(secret for row in range(16) if base_mul(secret := hands.secret("m1", row)).raw not in used)
    _put(rows, hands.ballot(free))
    hands.stick().put_signed(rows, marks=13)


def marks_of_others(hands: Hands) -> None:
    """The sealed marks name one elector more than the report counts."""
    _seal_marks(hands, "m1", Marks(0, tuple(range(1, 14))))


def marks_of_nobody(hands: Hands) -> None:
    """The sealed marks are as many as reported, one of them of a number that nobody has."""
    _seal_marks(hands, "m1", Marks(0, (*range(1, 12), 99)))


def one_elector_marked_twice(hands: Hands) -> None:
    """A ballot and a signature more, and in the sealed marks the last elector stands twice."""
    ballot_added(hands)
    hands.stick().change(CLOSING, ClosingReport, signatures=13)
    _seal_marks(hands, "m1", Marks(0, (*range(1, 13), 12)))


def marks_of_another_station(hands: Hands) -> None:
    """Three people vote again on the spare, which says in its sealed marks that they are of another station."""
    voter_on_two_machines(hands)
    _seal_marks(hands, "m1bis", Marks(9, (12, 13, 14)))


def _seal_marks(hands: Hands, name: str, marks: Marks) -> None:
    stick = hands.stick(name)
    sealed = seal(
        canonical(marks.to_content()), hands.office.dossier.manifest.authority_box_key, MARKS_PURPOSE
    )
    stick.sign(StatementType.MARKS, SealedMarks(sealed), stick.machine)


def marks_kept_back(hands: Hands) -> None:
    hands.stick().path(StatementType.MARKS).unlink()


def voter_on_two_machines(hands: Hands) -> None:
    """The officers let three people vote again on the spare."""
    hands.office.hold("m1bis", range(12, 15))


def report_changed(hands: Hands) -> None:
    """A thief writes another number into the report, and has no key."""
    path = hands.stick().path(CLOSING)
    old = read_statement(path.read_bytes())
    content = replace(ClosingReport.from_content(old.content, "closing"), signatures=13).to_content()
    path.write_bytes(sign_statement(old.header, content, Ed25519PrivateKey.generate()))


def report_with_the_key_for_rehearsals(hands: Hands) -> None:
    """The machine signs the closing report with the key that it uses in rehearsals."""
    path = hands.stick().path(CLOSING)
    old, office = read_statement(path.read_bytes()), hands.office
    keys = open_keys(office.root / hands.name, Mode.REHEARSAL, office.rehearsal_cards[hands.name])
    path.write_bytes(sign_statement(old.header, old.content, keys.signing))


def report_in_another_name(hands: Hands) -> None:
    """Another machine signs the report of this one."""
    path = hands.stick().path(CLOSING)
    old = read_statement(path.read_bytes())
    path.write_bytes(sign_statement(old.header, old.content, hands.insider.machines[2].signing))


def report_of_another_machine(hands: Hands) -> None:
    """Another machine closes this box, in its own name."""
    stick = hands.stick()
    stick.sign(CLOSING, stick.record(CLOSING, ClosingReport), 2)


def report_by_the_authority(hands: Hands) -> None:
    path = hands.stick().path(CLOSING)
    old = read_statement(path.read_bytes())
    header = object.__new__(Header)  # a sound one refuses the role
    fields = {"type": CLOSING, "mode": old.header.mode, "context": old.header.context}
    for name, value in {**fields, "role": Role.AUTHORITY, "signer": None}.items():
        object.__setattr__(header, name, value)
    path.write_bytes(sign_statement(header, old.content, hands.office.authority.signing))


def closing_missing(hands: Hands) -> None:
    hands.stick().path(CLOSING).unlink()


def opening_missing(hands: Hands) -> None:
    hands.stick().path(ZERO).unlink()


def opening_exchanged(hands: Hands) -> None:
    """The machine opened twice, and shows the other opening."""
    hands.stick().change(ZERO, ZeroReport, opened=1)


def opened_with_another_key(hands: Hands) -> None:
    hands.stick().change(ZERO, ZeroReport, machine_key=hands.stick("m2").record(ZERO, ZeroReport).machine_key)


def box_was_not_empty(hands: Hands) -> None:
    """A zero report that admits to ballots."""
    stick = hands.stick()
    path = stick.path(ZERO)
    old = read_statement(path.read_bytes())
    content = {**old.content, 3: 3}
    path.write_bytes(sign_statement(old.header, content, hands.insider.machines[stick.machine].signing))


def pause_invented(hands: Hands) -> None:
    """A pause that no later report names."""
    stick = hands.stick()
    zero = read_statement(stick.path(ZERO).read_bytes()).fingerprint
    raw = hands.insider.signed_by(
        Role.MACHINE, StatementType.PAUSE_REPORT, PauseReport(1, 1, zero).to_content(), stick.machine
    )
    (stick.folder / "90-pause.cose").write_bytes(raw)


def decision_on_the_stick(hands: Hands) -> None:
    """An exclusion travels with the box."""
    content = Decision(DecisionKind.EXCLUSION, 2, "why not", 1).to_content()
    raw = hands.insider.signed(StatementType.DECISION, content)
    (hands.stick().folder / "90-decision.cose").write_bytes(raw)


def same_stick_twice(hands: Hands) -> None:
    hands.bring()


def two_boxes(hands: Hands) -> None:
    """The day of one machine was held twice, on copies of its disk; both boxes are sound by themselves."""
    hands.office.bring("m2")
    hands.name = "m2-found"


def box_that_was_not_chosen(hands: Hands) -> None:
    two_boxes(hands)
    closing_report = hands.stick().record(CLOSING, ClosingReport)
    _suspended(hands)
    hands.office.decide(DecisionKind.BOX, 2, digest=closing_report.set_digest)
    hands.name = "m2"


def _suspended(hands: Hands) -> None:
    with suppress(Refused):
        hands.bring()


def suspended(hands: Hands) -> None:
    """The officer goes on, as if the second box had never come."""
    two_boxes(hands)
    _suspended(hands)
    for name in ("m1", "m3"):
        hands.office.bring(name)
    hands.office.decide(DecisionKind.EXCLUSION, 1)


def not_everybody(hands: Hands) -> None:
    """The officer asks for the opening while a station still votes."""
    for name in ("m1", "m2"):
        hands.office.bring(name)
    hands.office.decide(DecisionKind.EXCLUSION, 1)


def late(hands: Hands) -> None:
    """A machine that was left out brings its box once the opening is requested."""
    hands.office.bring("m2")
    hands.office.bring("m3")
    for machine in (0, 1):
        hands.office.decide(DecisionKind.EXCLUSION, machine)
    hands.office.request()


def exchanged_late(hands: Hands) -> None:
    """Another box of a machine that is in, once the opening is requested."""
    for name in ("m1", "m2", "m3"):
        hands.office.bring(name)
    hands.office.decide(DecisionKind.EXCLUSION, 1)
    hands.office.request()
    hands.name = "m2-found"
