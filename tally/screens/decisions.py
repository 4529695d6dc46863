"""Decisions: what waits for one, what was decided and who signed it; and the choice of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from keys.desk.verdicts import decision_words
from keys.election.decision import DecisionKind, Matter, matter
from tally.board import State
from tally.decisions.deciding import waiting
from tally.screens.decision_form import DecisionForm
from tally.screens.desk import Desk
from tally.screens.flows import FLOWS, sign_decision
from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph
from tally.screens.words import kind_words, subject_words

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["Choose", "Decisions", "decide_late"]


class Decisions(Page[None]):
    """A row for each thing to decide; below, what was decided."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("Decisions of the board")

    def body(self) -> ComposeResult:
        """The menu, and what was decided."""
        yield Menu([])
        with VerticalScroll(id="paragraphs", can_focus=False):
            yield Paragraph(id="decided", classes="apart")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "People decide; the program only checks that the decision fits. Each decision is signed, published "
            "with its reason, and cannot be taken back. Where the vote asks for it, members of the board sign "
            "it too."
        )

    def fill(self) -> None:
        """Draw it again."""
        say, standing, language = self.say, self.desk.sealed, self.desk.language
        rows = [
            (
                f"q-{at}",
                say("{label}:", label=kind_words(item.kind, language))
                + f" {subject_words(item.kind, item.subject, standing.dossier, language)}"
                + (f" ({say('signed; the board signs too')})" if item.signed else ""),
            )
            for at, item in enumerate(standing.board.questions)
        ]
        if self.desk.definition.signers:
            rows.append(("collect", say("Take in signatures of the board")))
        rows += [("other", say("Another decision")), ("back", say("Go back"))]
        self.query_one(Menu).change(rows)
        self.query_one("#decided", Paragraph).tell("\n".join(decided_lines(self.desk)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Decide it."""
        chosen = event.option_id or ""
        self.office.begin(lambda: self._follow(chosen))

    async def _follow(self, chosen: str) -> None:
        if chosen == "back":
            self.dismiss(None)
        elif chosen == "collect":
            await FLOWS["collect"](self.office)
        elif chosen == "other":
            await self._other()
        else:
            item = self.desk.sealed.board.questions[int(chosen.removeprefix("q-"))]
            await self._decide(item.kind, item.subject)

    async def _other(self) -> None:
        """A kind of decision, then what it is about."""
        language, dossier = self.desk.language, self.desk.sealed.dossier
        kinds = list(DecisionKind)
        rows = [kind_words(kind, language) for kind in kinds]
        at = await self.app.push_screen_wait(Choose(self.desk, self.say("Another decision"), rows))
        if at is None:
            return
        kind, definition = kinds[at], self.desk.definition
        count = {
            Matter.CONTEST: len(definition.contests),
            Matter.STATION: len(definition.stations),
            Matter.MACHINE: len(dossier.manifest.machines),
        }[matter(kind)]
        names = [subject_words(kind, number, dossier, language) for number in range(count)]
        subject = await self.app.push_screen_wait(Choose(self.desk, rows[at], names))
        if subject is not None:
            await self._decide(kind, subject)

    async def _decide(self, kind: DecisionKind, subject: int) -> None:
        decision = await self.app.push_screen_wait(DecisionForm(self.desk, kind, subject))
        if decision is not None:
            await sign_decision(self.office, decision)


async def decide_late(app: OfficeApp) -> None:
    """Ask which machine that was left out came after all, and sign what the board decided."""
    desk = app.desk
    rows = [row for row in desk.sealed.board.machines if row.state is State.LEFT_OUT and row.box is None]
    kind, dossier = DecisionKind.LATE_BOX, desk.sealed.dossier
    names = [subject_words(kind, row.index, dossier, desk.language) for row in rows]
    at = await app.push_screen_wait(Choose(desk, kind_words(kind, desk.language), names))
    if at is None:
        return
    decision = await app.push_screen_wait(DecisionForm(desk, kind, rows[at].index))
    if decision is not None:
        await sign_decision(app, decision)


class Choose(Page[int]):
    """One of several."""

    AUTO_FOCUS = "Menu"

    def __init__(self, desk: Desk, title: str, rows: list[str]) -> None:
        super().__init__(desk)
        self._title, self._rows = title, rows

    def heading(self) -> str:
        """The title."""
        return self._title

    def body(self) -> ComposeResult:
        """The rows."""
        yield Menu([(str(at), words) for at, words in enumerate(self._rows)])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option_index)


def decided_lines(desk: Desk) -> list[str]:
    """What was decided, the last first; by whom it is signed, and what it waits for."""
    say, dossier = desk.language.say, desk.sealed.dossier
    missing = {item.signed.fingerprint: item.missing for item in waiting(dossier)}
    if not dossier.decisions:
        return [say("Nothing has been decided so far.")]
    lines = []
    for item in sorted(dossier.decisions, key=lambda item: -item.decision.at):
        names = [say("the authority")] * item.by_authority
        names += [dossier.manifest.board[at].name for at in sorted(item.board)]
        lines.append(decision_words(item.decision, dossier.manifest, desk.language))
        lines.append("  " + item.decision.reason)
        words = say("Signed by {names}.", names=desk.language.join(names))
        if missing.get(item.fingerprint):
            words += " " + desk.language.say_many(
                "It waits for {count} signature of the board.",
                "It waits for {count} signatures of the board.",
                missing[item.fingerprint],
            )
        lines += ["  " + words, ""]
    return lines
