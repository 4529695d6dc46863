"""After a visit whose seed is known, nothing that outlives it holds the seed, the choice, or what hid the choice.

Looked through: the machine's folder, the copy on its stick, every paper that was handed to the printer, the scrollback
of plain mode, what the program wrote beside it, and what is left in the temporary folder.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from keys.crypto.group import Scalar, base_mul
from keys.crypto.randomness import expand_seed
from keys.desk.cards import Card
from keys.election.forms import make_ballot_of
from keys.election.packing import unpack
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.codes import PREFIX, decode
from station.booth import booth_contests
from station.checks.readiness import Point
from station.day import open_day
from tally.hostile.scan import texts_of
from tests.simulator.ready import OPEN_LINE, line_of, ticked
from tests.simulator.terminal import PIN
from tests.simulator.tmux import Tmux
from tests.station.app.conftest import OCTOBER_4
from tests.station.app.test_running import ROOT

SEED = b"canary seed, thirty-two bytes ok"
CHOSEN = "Aire de jeux"
CHILD = """
import os, sys, time
from pathlib import Path
from types import SimpleNamespace
import station.workings
from keys.election.statement import Mode
from keys.findings import Refused
from station import running
from station.faces.plain import show_plain
from station.printing import StationPrinter, print_command
from tests.simulator.ready import good_machine

seed, folder, stick, spool = sys.argv[1].encode(), *map(Path, sys.argv[2:5])
os.dup2(os.open(sys.argv[5], os.O_WRONLY | os.O_CREAT), 2)
station.workings.secrets = SimpleNamespace(
    token_bytes=lambda length: seed if length == len(seed) else os.urandom(length)
)
hand = print_command(f"sh -c 'cat > {spool}/$$.pdf'")
printer = lambda day: StationPrinter(day, lambda: 1_791_100_800, hand, roll=False)
probe = good_machine(lambda: 1_791_100_800)
office = lambda mode: running.office_of(folder, mode, printer, lambda: stick, probe)
sys.exit(running.run_station(office, Mode.OFFICIAL, lambda face, _: show_plain(face, lambda: time.monotonic() * 10)))
"""
"""The seeds of its visits are always the same; everything else is drawn."""


def spellings(secret: bytes) -> Iterator[bytes]:
    """How 32 bytes may stand somewhere."""
    for raw in (secret, secret[::-1]):
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield str(int.from_bytes(raw, "big")).encode()
        for encoded in (base64.b64encode(raw), base64.urlsafe_b64encode(raw)):
            yield encoded.rstrip(b"=")


def one_visit(terminal: Tmux, cards: tuple[Card, ...]) -> str:
    """Open, vote for one project, hand back, have the list signed; gives what can still be scrolled to."""
    terminal.expect("Que faire maintenant ?")
    terminal.type("1", then=ticked(0))
    terminal.type(line_of(Point.LIST), then=ticked(1))
    terminal.type(line_of(Point.CARDS), then=ticked(2))
    terminal.type(OPEN_LINE, then="Personne 1 : carte attendue")
    terminal.type(cards[0].text, then="carte 1 lue")
    terminal.type(cards[1].text, then="Choisissez un code")
    terminal.type(PIN, then="encore une fois :")
    terminal.type(PIN, then="1) Ouvrir le bureau")
    terminal.type("1", then="L'urne est vide.")
    terminal.type("1", then="Votants 0 sur 6")
    terminal.type("132", then="DUPONT Marie")
    terminal.type("2", then="Laisser la place à la personne n° 132")
    terminal.type("1", then="BONJOUR")
    terminal.type("1", then="0 choix sur 3.")
    terminal.type("2", then="1 choix sur 3.")
    seen = terminal.type("5", then="Rien n'est encore enregistré.")
    assert CHOSEN in seen, "the same search finds it while it is shown"
    terminal.type("2", then="Prenez votre billet")
    time.sleep(0.2)
    terminal.type("1", then="Que voulez-vous faire ?")
    terminal.type("1", then="Le code de votre reçu")
    terminal.type("1", then="votre code :")
    terminal.type(PIN, then="DUPONT Marie")
    return terminal.type("1", then="Votants 1 sur 6")


def hiding(folder: Path) -> list[bytes]:
    """What hid the choice: the numbers that were drawn of the seed, checked by making the same ballot again.

    Those of simulated branches of a proof stand in the ballot (Belenios, section 4.12) and are left out.
    """
    with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
        (item,) = booth_contests(day.manifest, day.station)
        ((_, body),) = day.store.ballots(item.contest)
    ballot = unpack(body, item.params, item.fingerprint).unsigned
    choice = tuple(int(at == 1) for at in range(len(item.shape.blank)))
    draw = expand_seed(SEED, fingerprint=item.fingerprint, credential=ballot.credential, selection=choice)
    drawn: list[bytes] = []

    def noting() -> Scalar:
        number = draw()
        drawn.append(int(number).to_bytes(32, "little"))
        return number

    again = make_ballot_of(item.shape, item.params, item.fingerprint, ballot.credential, choice, noting)
    assert again.to_json() == ballot.to_json(), "this seed made the ballot that was cast"
    secret = [number for number in drawn if number not in body]
    opening = [number for number in secret if base_mul(Scalar(int.from_bytes(number, "little"))).raw in body]
    assert len(opening) == len(item.shape.blank) + 1, "one hides each option, and one the blank"
    return secret


def test_a_visit_with_a_known_seed_leaves_none_of_it(
    folder: Path, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    stick, spool, aside = tmp_path / "stick", tmp_path / "spool", tmp_path / "stderr"
    for made in (stick, spool):
        made.mkdir()
    command = [sys.executable, "-c", CHILD, SEED.decode(), *map(str, (folder, stick, spool, aside))]
    with Tmux(tmp_path, command, ROOT, (80, 10)) as terminal:
        history = one_visit(terminal, cards)
    looked_at = shutil.copytree(folder, tmp_path / "machine-copy")  # the program may still hold the other one
    secrets = [SEED, *hiding(looked_at)]
    assert len(secrets) > 5
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent for path in files} >= {folder, spool}
    assert list(stick.rglob("slots.bin")), "a copy was on the stick"
    held = {str(path.relative_to(tmp_path)): path.read_bytes() for path in files}
    held["scrollback"] = history.encode()
    held |= {f"{path.name}, unpacked": unpacked(path) for path in spool.iterdir()}
    for name, data in held.items():
        for secret in secrets:
            for spelt in spellings(secret):
                assert spelt not in data, name
        if not name.startswith("machine"):  # the sealed file names every project
            assert CHOSEN.encode() not in data, name
    assert aside.read_bytes() == b""


def unpacked(pdf: Path) -> bytes:
    """The words of a paper, and what its codes carry, if it has any."""
    data = pdf.read_bytes()
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)).encode()
    try:
        return words + decode([text for text in texts_of(data, pdf.name) if text.startswith(PREFIX)])
    except Refused as refused:
        assert refused.code == "T-704", "a slip has words alone"
        return words


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """One secret in any spelling is found; another one is not."""
    secret = os.urandom(32)
    for spelt in spellings(secret):
        data = b"before" + spelt + b"after"
        assert any(item in data for item in spellings(secret))
        assert not any(item in data for item in spellings(bytes([secret[0] ^ 1]) + secret[1:]))
