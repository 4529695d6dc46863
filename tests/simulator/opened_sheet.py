"""A visit that was opened to check the machine: its sheet and its check name each choice, and say the same."""

from __future__ import annotations

from collections.abc import Sequence

from keys.desk.chosen import chosen_in, chosen_words
from keys.desk.language import Language
from keys.election.statement import StatementType, read_statement
from keys.paper.document import Rows
from station.papers.documents import challenge_paper
from station.papers.letterhead import Letterhead
from tally.check import Item, State, check_items, open_evidence
from tests.simulator.holding import Held
from tests.simulator.real_votes import RealVote

__all__ = ["check_shown"]

EN = Language("en")


def check_shown(held: Held, reals: Sequence[RealVote]) -> None:
    """The first visit of a vote was opened; its papers say what its ballots hold, contest by contest."""
    (path,) = (held.public / "challenges").iterdir()
    statement = read_statement(path.read_bytes())
    assert statement.header.type is StatementType.CHALLENGE
    evidence = open_evidence(held.public, held.fingerprint)
    (verdict,) = check_items([Item("", statement)], evidence, EN, None)
    assert verdict.state is State.HOLDS
    head = Letterhead(held.workspace.dossier().manifest, held.fingerprint, statement.header.mode, EN)
    paper = challenge_paper(head, statement)
    rows = next(block for block in paper.blocks if isinstance(block, Rows)).rows
    for at, real in enumerate(reals):
        words = [chosen_words(item, EN) for item in chosen_in(real.contest, real.ballots[0], "en")]
        assert any(word for word in words)
        title = real.contest.title["fr"]
        assert verdict.reasons[at] == f"{title}: {', '.join(words)}"
        assert rows[at] == (title, "\n".join(words))
