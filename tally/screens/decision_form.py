"""One decision: what it is about, what was decided, and why; it ends with the decision, not signed yet."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from keys.desk.verdicts import figures_words
from keys.election.decision import Decision, DecisionKind
from keys.findings import Misuse
from keys.paper.groups import fingerprint_text
from tally.boxes.database import open_boxes
from tally.count.outcome import Tie
from tally.decisions.deciding import late_sets, tie_order
from tally.decisions.namecheck import named
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import EMPTY, Menu, Paragraph
from tally.screens.words import effect_words, kind_words, subject_words
from tally.telling.sentences import sentence

__all__ = ["DecisionForm"]

_BASES = ("lot", "age", "rule")


class DecisionForm(Page[Decision]):
    """Details, the reason, and the button."""

    AUTO_FOCUS = "Menu, Input"

    def __init__(self, desk: Desk, kind: DecisionKind, subject: int) -> None:
        super().__init__(desk)
        self._kind, self._subject = kind, subject
        self._digests = self._two_boxes() if kind is DecisionKind.BOX else ()
        self._chosen: bytes | None = None
        self._basis = _BASES[0]
        self._warned = ""

    def heading(self) -> str:
        """The title."""
        subject = subject_words(self._kind, self._subject, self.desk.sealed.dossier, self.desk.language)
        return self.say("{label}:", label=kind_words(self._kind, self.desk.language)) + f" {subject}"

    def body(self) -> ComposeResult:
        """What it does, what is asked for this kind, the reason, the button."""
        effect = effect_words(self._kind, self.desk.language)
        if effect:
            yield Paragraph(effect)
        if self._kind is DecisionKind.TIE:
            yield from self._ask_order()
        if self._kind is DecisionKind.BOX:
            yield Paragraph(
                self.say(
                    "Two different boxes of this machine came. Take the closing report that the officers signed: "
                    "which of these digests stands on it?"
                ),
                classes="",
            )
            rows = [(f"box-{at}", fingerprint_text(raw)) for at, raw in enumerate(self._digests)]
            yield Menu(rows, id="boxes", marked=-1)
        if self._kind is DecisionKind.FIGURES:
            differing = self.desk.sealed.board.machines[self._subject].differing
            words = "-" if differing is None else figures_words(differing, self.desk.language)
            yield Paragraph(words)
        yield Paragraph(self.say("Who decided, when, and why (it is published):"), classes="")
        yield Input(max_length=1000, placeholder=EMPTY, id="reason")
        yield Menu([("sign", self.say("Sign this decision")), ("back", self.say("Go back"))], id="menu")

    @property
    def _tie(self) -> Tie | None:
        """The first tie of the contest that waits."""
        for item in self.desk.sealed.counted:
            if item.contest == self._subject and item.outcome.ties:
                return item.outcome.ties[0]
        return None

    def _ask_order(self) -> ComposeResult:
        say, tie = self.say, self._tie
        if tie is None:
            yield Paragraph(say("No tie is waiting in this contest."))
            return
        contest = self.desk.definition.contests[self._subject]
        (names,) = (
            item.outcome.options for item in self.desk.sealed.counted if item.contest == self._subject
        )
        yield Paragraph(sentence(tie.why, self.desk.language))
        yield Paragraph(
            say(
                "Choose them in the order decided, the first place first; or type what stands before their names:"
            ),
            classes="",
        )
        yield Menu(
            [(f"option-{at}", f"{contest.options[at].id}  {names[at]}") for at in tie.options], id="tied"
        )
        yield Input(max_length=1000, placeholder=EMPTY, id="order")
        yield Menu(
            [
                ("basis-lot", say("A lot was drawn in public")),
                ("basis-age", say("The eldest first")),
                ("basis-rule", say("Another order that the rules state")),
            ],
            id="bases",
            marked=0,
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """How the order was found is the row that stays chosen."""
        if event.option_id and event.option_id.startswith("basis-"):
            self._basis = event.option_id.removeprefix("basis-")
            self.query_one("#bases", Menu).mark(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was pressed."""
        chosen = event.option_id or ""
        if chosen.startswith("option-"):
            self._add(int(chosen.removeprefix("option-")))
        elif chosen.startswith("box-"):
            self._chosen = self._digests[int(chosen.removeprefix("box-"))]
            self.query_one("#boxes", Menu).mark(event.option_index)
            self.query_one("#reason", Input).focus()
        elif chosen.startswith("basis-"):
            self.query_one("#reason", Input).focus()
        elif chosen == "back":
            self.dismiss(None)
        elif chosen == "sign":
            self._finish()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next."""
        self.query_one("#bases" if event.input.id == "order" else "#menu", Menu).focus()

    def _add(self, option: int) -> None:
        """Put an option at the end of the order, or take it out again."""
        field = self.query_one("#order", Input)
        name = self.desk.definition.contests[self._subject].options[option].id
        given = _parts(field.value)
        given = [item for item in given if item != name] if name in given else [*given, name]
        field.value = ", ".join(given)
        tie = self._tie
        if tie is not None and len(given) == len(tie.options):
            self.query_one("#bases", Menu).focus()

    def _finish(self) -> None:
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            self.note(self.say("A reason is needed: who decided, when, and why."))
            self.query_one("#reason", Input).focus()
            return
        if reason != self._warned and (names := named(self.desk.workspace, reason)):
            self._warned = reason
            self.note(
                self.say(
                    "A name from the register: {names}. Write it without names. "
                    "If it is none, leave it and go on.",
                    names=", ".join(names),
                )
            )
            self.query_one("#reason", Input).focus()
            return
        try:
            self.dismiss(self._decision(reason))
        except Misuse as wrong:
            self.note(str(wrong))

    def _decision(self, reason: str) -> Decision:
        """Put the decision together.

        Raises:
            Misuse: Something is missing, or an option is unknown.
        """
        dossier, kind = self.desk.sealed.dossier, self._kind
        step, order, before, after = None, None, None, None
        if kind is DecisionKind.TIE:
            if self._tie is None:
                raise Misuse(self.say("No tie is waiting in this contest."))
            step = self._tie.step
            order = tie_order(dossier, self._subject, tuple(_parts(self.query_one("#order", Input).value)))
        if kind is DecisionKind.LATE_BOX:
            before, after = late_sets(dossier, self._subject)
        return Decision(
            kind=kind,
            subject=self._subject,
            reason=reason,
            at=self.desk.clock(),
            step=step,
            order=order,
            basis=self._basis if kind is DecisionKind.TIE else None,
            before=before,
            after=after,
            digest=self._digest(),
        )

    def _digest(self) -> bytes | None:
        if self._kind is DecisionKind.BOX:
            if self._chosen is None:
                raise Misuse(self.say("Choose the box that counts."))
            return self._chosen
        if self._kind is not DecisionKind.PAPER:
            return None
        name = self.desk.definition.stations[self._subject].id
        statement = self.desk.sealed.dossier.others.get(f"paper/{name}.cose")
        if statement is None:
            raise Misuse(
                self.say(
                    "This station has no count on paper yet: two people type it in first, from the first screen."
                )
            )
        return statement.fingerprint

    def _two_boxes(self) -> tuple[bytes, ...]:
        """Digests of the box that is in and of the other one."""
        with open_boxes(self.desk.workspace.boxes) as boxes:
            present, other = boxes.get(self._subject), boxes.suspended().get(self._subject)
        return tuple(raw for raw in (present.set_digest if present else None, other) if raw is not None)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
