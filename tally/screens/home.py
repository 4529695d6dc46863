"""The first screen: how far the vote is, one obvious next step, and everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from keys.desk.language import Language
from tally.board import Board, State, Step
from tally.screens.desk import Desk
from tally.screens.page import Menu, Page
from tally.screens.words import step_words

__all__ = ["Home", "menu_of", "steps_of"]

_NEXT: Mapping[Step, str] = {
    Step.CONFIRM: "confirm",
    Step.IMPORT: "take-in",
    Step.REQUEST: "request",
    Step.ANSWER: "answers",
    Step.OPEN: "open",
    Step.SETTLE: "decisions",
    Step.CERTIFY: "certify",
    Step.COSIGN: "cosign",
    Step.PUBLISH: "publish",
}
_SHOWN = (
    (Step.CONFIRM,),
    (Step.IMPORT,),
    (Step.REQUEST,),
    (Step.ANSWER,),
    (Step.OPEN, Step.SETTLE),
    (Step.CERTIFY, Step.COSIGN),
    (Step.PUBLISH,),
)
"""Which steps share a row."""


class Home(Page[None]):
    """What to do now."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("WHAT TO DO NOW")

    def body(self) -> ComposeResult:
        """The steps, what the next one needs, and the menu."""
        yield Static(id="steps", markup=False)
        yield Static(id="next", classes="paragraph", markup=False)
        yield Menu([])

    def fill(self) -> None:
        """Draw where the vote stands."""
        standing = self.desk.standing
        menu, steps, sentence = (
            self.query_one(Menu),
            self.query_one("#steps", Static),
            self.query_one("#next", Static),
        )
        if standing is None:
            steps.update("")
            sentence.update(
                self.say(
                    "The vote is drafted. Take in what trustees and machines hand in with the command tally seal; "
                    "then come back."
                )
            )
            menu.change([("back-up", self.say("Back up")), ("leave", self.say("Leave the program"))])
            return
        board = standing.board
        steps.update("\n".join(steps_of(board, self.desk)))
        sentence.update(step_words(board.step, board, self.desk.definition, self.desk.language))
        shuffling = standing.shuffling is not None and not standing.shuffling.ended
        rows = menu_of(board, opened=bool(standing.counted), shuffling=shuffling, language=self.desk.language)
        menu.change(rows)
        count = len(standing.doubts)
        words = self.desk.language.say_many(
            "{count} thing looks unusual: see the findings.",
            "{count} things look unusual: see the findings.",
            count,
        )
        self.note(words if count else "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do it."""
        self.office.follow(event.option_id or "")

    def action_back(self) -> None:
        """There is nothing to go back to."""
        self.note(self.say("This is the first screen. The last row of the menu leaves the program."))


def steps_of(board: Board, desk: Desk) -> list[str]:
    """The steps with their state, one a row."""
    say, files = desk.language.say, board.files
    names = (
        say("Everybody confirms the sealed vote"),
        say("Take in the boxes"),
        say("Ask the trustees to open"),
        say("The trustees answer"),
        say("Open the totals, count, decide"),
        say("Certify"),
        say("Publish"),
    )
    there = board.count(State.IN) + board.count(State.PAPER) + board.count(State.LEFT_OUT)
    facts = {
        1: say("stations: {there} of {count}", there=there, count=len(board.stations)),
        3: say("{there} of {needed} needed", there=len(files.answered), needed=desk.definition.threshold),
    }
    rows = []
    current = next(at for at, steps in enumerate(_SHOWN) if board.step in steps)
    for at, name in enumerate(names):
        state = say("done") if at < current else say("to do") if at == current else ""
        known = facts.get(at, "") if at <= current else ""
        sign = ">" if at == current else " "
        rows.append(f"{sign} {at + 1}. {name:<38} {state:<10} {known}".rstrip())
    return rows


def menu_of(
    board: Board, *, opened: bool, language: Language, shuffling: bool = False
) -> Sequence[tuple[str, str]]:
    """What can be done: the next step first."""
    say = language.say
    names = {
        "confirm": say("Take in confirmations"),
        "take-in": say("Take in boxes"),
        "request": say("Ask the trustees to open"),
        "paper": say("Type in a count on paper"),
        "answers": say("Take in answers of trustees"),
        "open": say("Open the totals and count"),
        "decisions": say("Decisions of the board"),
        "certify": say("Certify the results"),
        "cosign": say("Take in signed results"),
        "publish": say("Publish"),
        "stations": say("Board of stations"),
        "trustees": say("Trustees"),
        "results": say("Results"),
        "findings": say("Findings"),
        "back-up": say("Back up"),
        "leave": say("Leave the program"),
    }
    rows = ["trustees" if shuffling and board.step is Step.ANSWER else _NEXT[board.step]]
    if (
        board.step is Step.IMPORT
        and not any(row.state is State.IN for row in board.machines)
        and board.unconfirmed
    ):
        rows.append("confirm")
    if not board.files.requested and board.step is not Step.CONFIRM:
        rows += ["take-in", "paper"]
    rows += ["stations", "decisions", "trustees"]
    rows += ["results"] if opened else []
    rows += ["findings", "back-up", "leave"]
    return [(key, names[key]) for key in dict.fromkeys(rows)]
