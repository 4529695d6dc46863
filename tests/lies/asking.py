"""What the page of a forged folder says to somebody who holds papers of the honest evening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from keys.election.archive import ArchiveReader
from keys.election.ballot_form import Ballot
from keys.election.dossier import read_dossier
from keys.election.events import Kind
from keys.election.layout import archive_path, read_statements
from keys.election.receipt import Receipt
from keys.election.statement import StatementType
from keys.paper.codes import encode
from keys.paper.groups import fingerprint_text
from tests.simulator.vote import HeldVote
from tests.tally.page.browser import Browser

__all__ = ["ask_page"]

_ASK = """
const edition = document.querySelector('.edition:not([hidden])');
const [area, form, told] = ['textarea', 'form', '.answers'].map((name) => edition.querySelector(name));
const ask = async (text) => {
  area.value = text;
  form.requestSubmit();
  while (told.querySelector('.waiting')) await new Promise((next) => setTimeout(next, 1));
  return Array.from(told.querySelectorAll('.answer')).every((answer) => answer.classList.contains('holds'));
};
return (async () => { const all = []; for (const text of arguments[0]) all.push(await ask(text)); return all; })();
"""


def ask_page(browser: Browser, folder: Path, held: HeldVote, poster: bytes) -> str:
    """Hold against a page its own list of files, and the papers of the vote as it was held.

    Args:
        browser: A browser.
        folder: The forged folder.
        held: The vote before anybody lied.
        poster: Fingerprint that the reader has in hand.

    Returns:
        What it refuses.
    """
    papers = list(_papers(folder, held, poster))
    browser.open(folder / "index.html")
    holds: list[bool] = browser.run(_ASK, [text for _, text in papers])
    refused = dict.fromkeys(name for (name, _), good in zip(papers, holds, strict=True) if not good)
    return f"refuses: {', '.join(refused)}" if refused else "nothing to object"


def _papers(folder: Path, held: HeldVote, poster: bytes) -> Iterator[tuple[str, str]]:
    """Name and text: on paper all of them are codes, but for the fingerprint, which is typed."""
    yield "poster", fingerprint_text(poster)
    yield "list of files", _codes((folder / "publication.cose").read_bytes())
    if held.cast.ballots and held.machines:
        yield "receipt", _codes(_receipt(held))
    for path in sorted((held.public / "reports").iterdir()):
        yield "report", _codes(path.read_bytes())
    for path in sorted((held.public / "results").iterdir()):
        if ".board-" not in path.name:
            yield "result", _codes(path.read_bytes())


def _codes(raw: bytes) -> str:
    return "\n".join(encode(raw))


def _receipt(held: HeldVote) -> bytes:
    """Of a visit that was cast on the last machine."""
    contests = read_dossier(read_statements(held.public), held.mode).manifest.definition.contests
    trackers = []
    for item in held.cast.ballots:
        with (held.public / archive_path(contests[item.contest].id)).open("rb") as stream:
            steps = [step for step in ArchiveReader(stream) if step.kind is Kind.BALLOT]
        ballots = [Ballot.parse(step.documents[0]) for step in steps]
        trackers += [
            ballot.tracker[:16] for ballot in ballots if ballot.unsigned.credential.raw == item.credential
        ]
    content = Receipt(tuple(trackers), held.cast.commitment[:10]).to_content()
    return held.signed(StatementType.RECEIPT, content, max(held.machines))
