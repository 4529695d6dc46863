"""The trustees' desk: who has confirmed, who has answered, how many are needed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import DataTable, OptionList

from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph
from tally.step import Step

__all__ = ["Trustees"]


class Trustees(Page[None]):
    """A row a trustee, and what can be done for them."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("Trustees")

    def body(self) -> ComposeResult:
        """How many are needed, who has answered, the menu."""
        yield Paragraph(id="needed")
        yield DataTable(id="people", cursor_type="none")
        yield Menu([])

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Only several trustees together can open the totals, and never a single ballot. Each takes a copy of the "
            "folder, checks it with a program of their own, and hands in one file."
        )

    def fill(self) -> None:
        """Draw it again."""
        say, standing = self.say, self.desk.sealed
        files, dossier = standing.board.files, standing.dossier
        rehearsal = dossier.manifest.rehearsal_secret is not None
        needed = standing.needed
        there = len(files.answered)
        names = [trustee.name for trustee in dossier.manifest.trustees]
        words = say(
            "Answers needed: {needed} of {all}; received: {there}.",
            needed=needed,
            all=len(dossier.manifest.trustees),
            there=there,
        )
        if standing.shuffling is not None and not standing.shuffling.ended:
            words += "\n" + say(
                "Ballots of some contests are opened one by one: before that, trustees shuffle them, one after the "
                "other. Next is {name}.",
                name=names[standing.shuffling.left[0]],
            )
        if rehearsal and there < needed:
            words += "\n" + say(
                "In a rehearsal anyone answers for the trustees, with their program: its key is published."
            )
        if there >= needed:
            words += " " + say("That is enough.")
        self.query_one("#needed", Paragraph).tell(words)
        table: DataTable[str] = self.query_one("#people", DataTable)
        table.clear(columns=True)
        shuffling = standing.shuffling
        shuffled = [say("Shuffled")] if shuffling is not None else []
        heading = say("Trustee")
        table.add_column(heading, width=max(map(len, (heading, *names))))
        table.add_columns(say("Confirmed"), *shuffled, say("Answered"))
        for at, name in enumerate(names):
            confirmed = at in dossier.confirmed_trustees or rehearsal
            facts = [confirmed, at in files.answered]
            if shuffling is not None:
                facts.insert(1, at in shuffling.done)
            marks = [say("yes") if holds else "-" for holds in facts]
            table.add_row(name, *marks)
        self.query_one(Menu).change(self._menu(standing.board.step))

    def _menu(self, step: Step) -> list[tuple[str, str]]:
        say = self.say
        rows = [("request", say("Ask the trustees to open"))] if step is Step.REQUEST else []
        if step in {Step.ANSWER, Step.OPEN}:
            rows = [("answers", say("Take in answers of trustees"))]
        shuffling = self.desk.sealed.shuffling
        if step is Step.ANSWER and shuffling is not None and not shuffling.ended:
            rows = [("shuffles", say("Take in a shuffle"))]
            if len(shuffling.done) >= shuffling.needed:
                rows.append(("end-shuffles", say("End the shuffles")))
        if step is Step.ANSWER:
            rows.append(("copy", say("Copy the folder for a trustee")))
        if step is Step.OPEN:
            rows.insert(0, ("open", say("Open the totals and count")))
        return [*rows, ("back", say("Go back"))]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do it."""
        if event.option_id == "back":
            self.dismiss(None)
        else:
            self.office.follow(event.option_id or "")
