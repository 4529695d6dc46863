"""Results: a contest after the other, with bars, the verdict in words, the rounds and the ties that wait."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from keys.desk.language import Language
from keys.election.definition import Contest, text_in
from tally.count.message import Message
from tally.count.outcome import Outcome, Round, Word
from tally.results.counted import Counted
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import Paragraph
from tally.telling.sentences import figure, sentence

__all__ = ["Results", "result_lines"]

_BAR = "█"
_PARTS = " ▏▎▍▌▋▊▉"


class Results(Page[None]):
    """One contest; left and right go to the others."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at = 0

    def heading(self) -> str:
        """The title."""
        return self.say("Results")

    def hint(self) -> str:
        """The last row."""
        return self.say("Left, right: another contest   Up, down: scroll   Esc: back")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "These are the totals that the trustees opened, counted by the rule of each contest. They are published "
            "only once they are certified. A tie waits for a decision: nothing is drawn by the program."
        )

    def body(self) -> ComposeResult:
        """Lines that scroll."""
        with VerticalScroll(id="paragraphs"):
            yield Paragraph(id="result", classes="")

    def fill(self) -> None:
        """Draw the contest."""
        counted = self.desk.sealed.counted
        item = counted[self._at]
        contest = self.desk.definition.contests[item.contest]
        title = text_in(contest.title, self.desk.language.code)
        self.query_one("#title", Static).update(f"{title}   {self._at + 1}/{len(counted)}")
        lines = result_lines(contest, item, self.desk.language, max(self.size.width - 4, 76))
        self.query_one("#result", Paragraph).tell("\n".join(lines))

    def on_resize(self) -> None:
        """Longer bars where there is room."""
        super().on_resize()
        self.fill()

    def action_turn(self, by: int) -> None:
        """Another contest."""
        self._at = (self._at + by) % len(self.desk.sealed.counted)
        self.query_one("#paragraphs", VerticalScroll).scroll_home(animate=False)
        self.fill()


def result_lines(contest: Contest, item: Counted, language: Language, width: int) -> list[str]:
    """A result in rows of a width."""
    say, outcome, totals = language.say, item.outcome, item.totals
    lines = [
        say(
            "Ballots: {ballots}; blank or left out: {blank}; invalid: {invalid}",
            ballots=totals.ballots,
            blank=totals.blank,
            invalid=totals.invalid,
        )
    ]
    if item.paper is not None:
        lines.append(say("Ballots on paper, which nobody can prove: {count}", count=item.paper.ballots))
    lines += [
        "",
        *_bars(contest, outcome, language, width),
        "",
        sentence(outcome.verdict, language),
    ]
    for tie in outcome.ties:
        names = ", ".join(outcome.options[at] for at in tie.options)
        lines += ["", say("TIE at step {step}: {names}", step=tie.step, names=names)]
        lines.append("  " + sentence(tie.why, language))
    for part in outcome.rounds:
        lines += ["", *_round(part, outcome.verdict, language, width)]
    return lines


def _bars(contest: Contest, outcome: Outcome, language: Language, width: int) -> list[str]:
    order = sorted(range(len(outcome.options)), key=lambda at: (-outcome.totals[at], at))
    most = max([1, *outcome.totals])
    room = max(width - 62, 12)
    lines = []
    for at in order:
        name = f"{contest.options[at].id}  {outcome.options[at]}"
        eighths = int(outcome.totals[at] * room * 8 / most)
        bar = _BAR * (eighths // 8) + _PARTS[eighths % 8].strip()
        won = language.say("chosen") if at in outcome.winners else ""
        if outcome.seats and outcome.seats[at]:
            won = language.say_many("{count} seat", "{count} seats", outcome.seats[at])
        lines.append(
            f"{name[:38]:<38} {figure(outcome.totals[at], language):>7}  {bar:<{room}} {won}".rstrip()
        )
    return lines


def _round(part: Round, verdict: Message, language: Language, width: int) -> list[str]:
    """A step of the count as a small table, and its sentences."""
    table = [
        [language.wording(name) for name in part.columns],
        *([_cell(cell, language) for cell in row] for row in part.rows),
    ]
    widths = [min(max(len(row[at]) for row in table), 36) for at in range(len(part.columns))]
    rows = [
        "  ".join(f"{cell[:size]:<{size}}" for cell, size in zip(row, widths, strict=True)) for row in table
    ]
    sentences = [sentence(said, language) for said in part.sentences if said != verdict]
    return [
        sentence(part.title, language),
        *(f"  {row[: width - 2]}" for row in rows),
        *(f"  {text}" for text in sentences),
    ]


def _cell(cell: object, language: Language) -> str:
    if isinstance(cell, Word):
        return language.wording(cell)
    return cell if isinstance(cell, str) else figure(cell, language)  # type: ignore[arg-type]
