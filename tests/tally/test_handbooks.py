"""The pages of trustee, poll worker, observer and auditor, run: every command in its order, in one vote."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

import keys.cli
import station.cli
import tally.cli
from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk import passphrase
from keys.desk.cards import Card
from keys.desk.files import load_statement
from keys.desk.language import Language
from keys.election.archive import ArchiveReader, ArchiveWriter
from keys.election.challenge import Challenge
from keys.election.destruction import DestructionOrder
from keys.election.events import Kind
from keys.election.receipt import Receipt
from keys.election.statement import Mode, StatementType, read_statement
from keys.holding import open_trustee
from keys.paper.groups import check_code, fingerprint_text, short_code
from keys.paper.pages import render_a4, render_roll
from station.day import Closing, Day, open_day
from station.loading import load
from station.machine import enrol
from station.papers.documents import challenge_paper, receipt_paper
from station.papers.letterhead import Letterhead
from tally.verify.steps import STEPS
from tally.workspace import Workspace
from tests.lies.table import TOOL
from tests.simulator.office import NOW
from tests.tally.check.test_reading import photographed
from tests.tally.test_handbook import PART, TEXT

ROOT = Path(__file__).parents[2]
PAGES = ("keys", "station", "tally/check", "tally/verify")
WORDS = b"a passphrase for tests"
NAMES, MACHINE = ("Anne", "Bilal", "Chloé"), "06-a"
CLIS = {"keys": keys.cli.cli, "station": station.cli.cli, "tally": tally.cli.cli}


def text_of(page: str) -> str:
    return (ROOT / page / "README.md").read_text("utf-8")


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Commands line by line, and what others do meanwhile."""
    for kind, block, meanwhile in PART.findall(text_of(page)):
        if meanwhile:
            yield "meanwhile", meanwhile
        elif kind == "sh":
            yield from (("run", line) for line in block.splitlines())


@dataclass
class Town:
    """Everybody but the reader of the page."""

    root: Path
    cards: tuple[Card, ...] = ()
    receipt: bytes = b""
    challenge: bytes = b""
    clock: Iterator[int] = field(default_factory=lambda: iter(range(NOW, NOW + 4000)))

    def __post_init__(self) -> None:
        for name in ("STICK", "ONE-MACHINE"):
            (self.root / name).mkdir()
        (self.root / "words").write_bytes(WORDS)
        names = ", ".join(f'"{name}"' for name in NAMES)
        toml = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
        assert toml is not None
        defined = (
            toml[1]
            .replace('names = ["Anne", "Bilal"]', f"names = [{names}]")
            .replace('"06-a", "06-b"', '"06-a"')
        )
        (self.root / "election.toml").write_text(defined, "utf-8")
        roll = "station;number;name;first names\n" + "".join(f"06;{n};Nom{n};Camille\n" for n in range(1, 15))
        (self.root / "electors.csv").write_text(roll, "utf-8")
        self.line("tally new election.toml --dir office")
        self.line("tally roll electors.csv --yes --dir office")
        shutil.copyfile(self.workspace.folder / "draft.cose", self.stick / "draft.cose")

    @property
    def stick(self) -> Path:
        return self.root / "STICK"

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root / "office")

    @property
    def poster(self) -> str:
        return fingerprint_text(load_statement(self.workspace.root / "manifest.cose").fingerprint)

    @property
    def sheet(self) -> str:
        return fingerprint_text(load_statement(self.workspace.folder / "draft.cose").fingerprint)

    def line(self, text: str) -> str:
        done = self.invoke(text)
        assert done.exit_code == 0, f"{text}\n{done.output}"
        return done.output

    def invoke(self, text: str) -> Result:
        """Run a line as its reader does; what is typed at a terminal is given by options."""
        program, *given = shlex.split(text)
        if (program, given[0]) in _SIGNED:
            given += ["--passphrase-file", "words"]
        if (program, given[0]) == ("keys", "ceremony"):
            given += [
                "--passphrase-file",
                "words-1",
                "--passphrase-file",
                "words-2",
                "--passphrase-file",
                "words-3",
            ]
        if program == "keys" and (given[0] == "ceremony" or "--name" in given):
            given += ["--paper", self.sheet]
        if (program, given[0]) == ("keys", "confirm"):
            given += ["--paper", self.poster]
        if (program, given[0]) == ("keys", "decrypt"):
            given += ["--yes"]
        return CliRunner().invoke(CLIS[program], given, catch_exceptions=False)

    def others(self) -> None:
        """The other trustees do what Anne just did."""
        for name in NAMES[1:]:
            known = (self.root / name.lower()).exists()
            how = "--from STICK" if known else f'--name "{name}"'
            self.line(f"keys trustee STICK/draft.cose {how} --dir {name.lower()} --out STICK")

    def seal(self) -> None:
        for name in NAMES[1:]:
            self.line(f"keys trustee STICK/draft.cose --from STICK --dir {name.lower()} --out STICK")
        made = enrol(
            self.root / "machine", (self.stick / "draft.cose").read_bytes(), MACHINE, secrets.token_bytes
        )
        for mode, (statement, _) in made.items():
            (self.stick / f"{MACHINE}-{mode.name}.cose").write_bytes(statement)
        self.cards = made[Mode.OFFICIAL][1][:2]
        self.line("tally seal STICK --dir office")
        shutil.copytree(self.workspace.root, self.stick / "official")

    def rehearse(self) -> None:
        package = self.workspace.package(MACHINE)
        loaded = load(self.root / "machine", package, Mode.OFFICIAL, self.cards, NOW, secrets.token_bytes)
        (self.stick / f"{MACHINE}-confirms.cose").write_bytes(loaded.confirmation)
        for name in NAMES[1:]:
            raw = confirm(open_trustee(self.root / name.lower(), WORDS), self.workspace.root)
            (self.stick / f"{name}-confirms.cose").write_bytes(raw)
        self.line("tally seal --confirm STICK --dir office")
        self.line("keys rehearse-opening STICK/official --dir bilal --out STICK")

    def vote(self) -> None:
        """The whole page of the poll worker is the day."""
        for number, card in enumerate(self.cards, 1):
            (self.root / f"CARD-{number}").write_text(card.text, "utf-8")
        steps: Mapping[str, Callable[[Day], None]] = {"open": self._open, "close": self._close}
        for kind, text in blocks("station"):
            if kind == "run":
                self.line(text)
                continue
            if text == "order":
                self._order()
                continue
            with open_day(self.root / "machine", Mode.OFFICIAL, lambda: next(self.clock)) as day:
                day.unlock(self.cards)
                steps[text](day)
        digest = fingerprint_text(load_statement(self._closing()).content[6])
        self.line(f"tally import STICK/machine --dir office --paper '{digest}'")
        shutil.rmtree(self.stick / "official")
        self.line("tally request --dir office --out STICK")

    def _open(self, day: Day) -> None:
        day.open(("P", "A"))
        recorder = day.recorder()
        self.challenge = recorder.open(recorder.prepare({0: (0, 1, 0)}))
        for voter in range(1, 13):
            choices = ((1, 0, 0), (1, 1, 0), ())[voter % 3]
            self.receipt = recorder.cast(recorder.prepare({0: choices}), voter)

    def _close(self, day: Day) -> None:
        day.close(Closing(12))

    def _order(self) -> None:
        authority, dossier = self.workspace.open_authority(WORDS), self.workspace.dossier()
        order = DestructionOrder(NOW, NOW)
        raw = authority.sign(StatementType.DESTRUCTION_ORDER, Mode.OFFICIAL, dossier.fingerprint, order)
        (self.stick / "destruction-order.cose").write_bytes(raw)

    def _closing(self) -> Path:
        paths = sorted((self.stick / "machine").rglob("*.cose"))
        return next(path for path in paths if load_statement(path).header.type.name == "CLOSING_REPORT")

    def publish(self) -> None:
        """Bilal opens too; the officer counts, certifies and publishes."""
        raw = decrypt(open_trustee(self.root / "bilal", WORDS), self.stick / "official", self.root / "bilal")
        (self.stick / "decryption-bilal.cose").write_bytes(raw)
        self.line("tally count STICK --dir office")
        self.line("tally certify --dir office")
        self.line("tally publish --dir office --out public")

    def papers(self) -> dict[str, str]:
        """Photographs and PDF of what the day printed; gives what stands on them."""
        dossier = self.workspace.dossier()
        receipt, opened = read_statement(self.receipt), read_statement(self.challenge)
        head = Letterhead(dossier.manifest, dossier.fingerprint, dossier.mode, Language("en"))
        slip = render_roll(receipt_paper(head, receipt))
        sheet = render_a4(challenge_paper(head, opened))
        (self.root / "opened-ballot.pdf").write_bytes(sheet)
        for name, pdf in (
            ("receipt", slip),
            ("closing-report", (self.root / "closing-report.pdf").read_bytes()),
        ):
            drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L")
            photographed(drawn).save(self.root / f"{name}.jpg", quality=75)
        tracker = Receipt.from_content(receipt.content, "receipt").trackers[0]
        commitment = Challenge.from_content(opened.content, "challenge").commitment
        return {"FINGERPRINT": self.poster, "CODE": short_code(tracker), "SLIP": check_code(commitment)}


_SIGNED = {
    *(("keys", name) for name in ("trustee", "confirm", "decrypt", "rehearse-opening")),
    *(("tally", name) for name in ("new", "seal", "request", "certify", "publish")),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """What each command of the pages answered; `public` lies in the folder of the run."""
    root = tmp_path_factory.mktemp("town")
    for number in (1, 2, 3):
        (root / f"words-{number}").write_text(f"passphrase number {number}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setattr(passphrase, "_LOG_N", 4)
        town = Town(root)
        told: dict[str, str] = {"": str(root), "tracker": ""}
        for kind, text in blocks("keys"):
            if kind == "run":
                told[text] = told.get(text, "") + town.line(text)
            else:
                getattr(town, text)()
        town.publish()
        names = town.papers()
        told["tracker"] = (
            Receipt.from_content(read_statement(town.receipt).content, "receipt").trackers[0].hex()
        )
        program = re.search(r"```python\n(.*?)```", text_of("tally/verify"), re.DOTALL)
        assert program is not None
        (root / "audit.py").write_text(program[1], "utf-8")
        for page in PAGES[2:]:
            for _, text in blocks(page):
                filled = re.sub(r"\b(FINGERPRINT|CODE|SLIP)\b", lambda found: names[found[1]], text)
                told[text] = town.line(filled) if filled.startswith("tally ") else outside(filled)
        yield told


def outside(line: str) -> str:
    """A command that is not ours."""
    program, *given = shlex.split(line)
    command = {"belenios-tool": str(TOOL), "python": sys.executable}.get(program, program)
    done = subprocess.run([command, *given], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_the_trustee_makes_tries_and_uses_a_key(said: Mapping[str, str]) -> None:
    rounds = said["keys trustee STICK/draft.cose --dir anne --from STICK --out STICK"]
    assert "Hand to the town hall" in rounds
    assert "open together" in said["keys rehearse-opening STICK/official --dir anne --from STICK --out STICK"]
    assert "Opened this part" in said["keys decrypt STICK/official --dir anne --out STICK"]


def test_the_observer_gets_from_a_photograph_to_yes(said: Mapping[str, str]) -> None:
    first = {line: told.splitlines()[0] for line, told in said.items() if line.startswith("tally check")}
    yes = "This ballot is in the box of station 06 Station 6, Saint-Cyprien."
    assert first['tally check receipt.jpg --against public --fingerprint "FINGERPRINT"'] == yes
    assert (
        first["tally check zero-report.pdf closing-report.jpg receipt.jpg --against public"]
        == "All 3 codes hold."
    )
    assert first['tally check "CODE" --against public'].startswith("One published ballot has the code")
    assert "told the truth" in first['tally check opened-ballot.pdf --slip "SLIP" --against public']


def forged(said: Mapping[str, str]) -> Path:
    """The public folder without the ballot of the receipt."""
    root = Path(said[""])
    folder = root / "forged"
    shutil.copytree(root / "public", folder)
    path = folder / "archives" / "square.bel"
    with path.open("rb") as stream:
        steps = list(ArchiveReader(stream))
    import hashlib

    kept = [
        step
        for step in steps
        if step.kind is not Kind.BALLOT
        or not hashlib.sha256(step.documents[0]).hexdigest().startswith(said["tracker"])
    ]
    assert len(kept) == len(steps) - 1
    with path.open("wb") as target:
        writer = ArchiveWriter(target, 1_795_300_010)
        for step in kept:
            writer.append(step)
    return folder


def test_the_observer_and_the_auditor_get_to_no(said: Mapping[str, str]) -> None:
    folder, root = forged(said), Path(said[""])
    done = CliRunner().invoke(
        tally.cli.cli, ["check", str(root / "receipt.jpg"), "--against", str(folder), "--lang", "en"]
    )
    assert done.exit_code == 1
    assert done.output.startswith("This ballot is missing from the box of station 06")
    told = outside(f"python {root / 'audit.py'} {folder} square 06-a")
    assert told.splitlines()[:2] == ["set of ballots: False 11", "total: False"]
    assert CliRunner().invoke(tally.cli.cli, ["verify", str(folder)]).exit_code == 1


def test_the_auditor_counts_three_times(said: Mapping[str, str]) -> None:
    ours = said['tally verify public --fingerprint "FINGERPRINT"']
    assert "Everything holds, and this is the vote whose fingerprint you gave." in ours
    assert "all checks passed" in said["belenios-tool election verify --dir square"]
    by_hand = said["python audit.py public square 06-a"].splitlines()
    assert by_hand == ["set of ballots: True 12", "total: True", "result: True [4, 8, 4, 0]"]


def test_pages_name_what_there_is() -> None:
    for page in PAGES:
        for program, command in re.findall(r"`(keys|station|tally) ([a-z-]+)", text_of(page)):
            assert command in CLIS[program].commands, (page, command)
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(page)):
            assert (ROOT / page / link).exists(), (page, link)
    for name in re.findall(r"steps `([a-z ]+)` and `([a-z ]+)`", text_of("tally/verify"))[0]:
        assert name in {row.name for row in STEPS}
    from keys.findings import FINDINGS

    assert set(re.findall(r"\b[KSTV]-\d{3}\b", "".join(map(text_of, PAGES)))) <= set(FINDINGS)
