"""Ties: found by the rule, decided by people or by the order of the definition, never by the program."""

from __future__ import annotations

from collections.abc import Sequence

from keys.election.rules import RuleParameters, TiePolicy
from keys.findings import Refused
from tally.count.message import Message
from tally.count.outcome import Number, Reason, Tie, TieDecision

__all__ = ["Referee", "select"]

_SAID = {
    Reason.LOT: "Tie between {options}: decided by a lot drawn in public, in this order: {order}.",
    Reason.AGE: "Tie between {options}: the eldest comes first, in this order: {order}.",
    Reason.RULE: "Tie between {options}: the rules of the vote put them in this order: {order}.",
}


class Referee:
    """Keeps the decisions of one count, the ties still open and those decided."""

    def __init__(
        self, options: tuple[str, ...], parameters: RuleParameters, decisions: Sequence[TieDecision]
    ) -> None:
        self.options = options
        self.open: list[Tie] = []
        self.decided: list[TieDecision] = []
        self._parameters = parameters
        self._waiting: dict[str, TieDecision] = {}
        for decision in decisions:
            if decision.step in self._waiting:
                raise Refused("T-402", f"decision on {decision.step}", "two decisions on one tie")
            self._waiting[decision.step] = decision

    def names(self, indices: Sequence[int]) -> tuple[str, ...]:
        """Names of options."""
        return tuple(self.options[index] for index in indices)

    def order(self, step: str, tied: Sequence[int], places: int, why: Message) -> tuple[int, ...] | None:
        """Ask for the order of tied options, the preferred first.

        Returns:
            The order, or None: the tie is then noted as open and the count must stop there.

        Raises:
            Refused: A decision was recorded that does not name exactly these options (T-402).
        """
        tied = tuple(sorted(tied))
        decision = self._by_definition(step, tied) or self._waiting.pop(step, None)
        if decision is None:
            self.open.append(Tie(step, tied, places, why))
            return None
        if tuple(sorted(decision.order)) != tied:
            expected, found = ", ".join(self.names(tied)), f"{len(decision.order)} other options"
            raise Refused(
                "T-402", f"decision on {step}", f"the tie is between {expected}; the decision orders {found}"
            )
        self.decided.append(decision)
        return decision.order

    def said(self, since: int = 0) -> tuple[Message, ...]:
        """Sentences about the decisions used, from number `since` on."""
        return tuple(
            Message(
                _SAID[decision.reason],
                {"options": self.names(sorted(decision.order)), "order": self.names(decision.order)},
            )
            for decision in self.decided[since:]
        )

    def tied(self) -> tuple[int, ...]:
        """Options of all ties that are open."""
        return tuple(sorted({option for tie in self.open for option in tie.options}))

    def verdict(self, reached: Message) -> Message:
        """The result in one sentence: what the count has reached, or the tie at which it stops."""
        if not self.open:
            return reached
        tie = self.open[0]
        return Message(
            "The count stops at a tie between {options}; it goes on when the tie is decided.",
            {"options": self.names(tie.options)},
        )

    def finish(self) -> None:
        """Refuse decisions that no tie asked for.

        Raises:
            Refused: T-402.
        """
        for step in self._waiting:
            found = ", ".join(tie.step for tie in self.open) or "none"
            raise Refused("T-402", f"decision on {step}", f"no such tie in this count; open ties: {found}")

    def _by_definition(self, step: str, tied: tuple[int, ...]) -> TieDecision | None:
        policy = self._parameters.ties
        if policy is TiePolicy.LOT:
            return None
        order = tuple(option for option in self._parameters.tie_order if option in tied)
        return TieDecision(step, order, Reason.AGE if policy is TiePolicy.AGE else Reason.RULE)


def select(referee: Referee, scores: Sequence[tuple[int, Number]], places: int, why: str) -> tuple[int, ...]:
    """Give `places` places to the highest scores; equals matter only where the last place is at stake.

    Args:
        referee: Decides between equals.
        scores: Option and score; options with a score of 0 must have been left out before.
        places: How many win.
        why: Text of the tie, with the fields `score`, `places` and `options`.

    Returns:
        Winners, best first; equals that all win stand in the order of the question, or as decided.
    """
    ranked = sorted(scores, key=lambda item: (-item[1], item[0]))
    if len(ranked) <= places:
        return tuple(option for option, _ in ranked)
    last = ranked[places - 1][1]
    sure = tuple(option for option, score in ranked if score > last)
    equals = tuple(option for option, score in ranked if score == last)
    left = places - len(sure)
    if len(equals) == left:
        return sure + equals
    step = f"place-{places}" if left == 1 else f"places-{len(sure) + 1}-{places}"
    message = Message(why, {"score": last, "places": left, "options": referee.names(equals)})
    order = referee.order(step, equals, left, message)
    return sure if order is None else sure + order[:left]
