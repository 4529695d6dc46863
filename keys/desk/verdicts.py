"""Decisions and results in plain words, the same for who signs them and for who reads the minutes."""

from __future__ import annotations

from collections.abc import Sequence

from keys.desk.language import Language
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import text_in
from keys.election.manifest import Manifest
from keys.election.report import ClosingReport
from keys.election.result import Result
from keys.paper.groups import fingerprint_text, short_code

__all__ = ["decision_words", "figures_words", "result_words"]


def decision_words(decision: Decision, manifest: Manifest, language: Language) -> str:
    """What a decision says, in one sentence.

    Args:
        decision: Its subject exists.
        manifest: Of the vote.
        language: Of the reader.
    """
    say, kind = language.say, decision.kind
    if kind is DecisionKind.TIE:
        return _tie(decision, manifest, language)
    if kind is DecisionKind.FEW_BALLOTS:
        contest = manifest.definition.contests[decision.subject]
        title = text_in(contest.title, language.code)
        return say("Few ballots in {contest}: they are opened anyway", contest=title)
    digest = decision.digest or b""
    if kind is DecisionKind.PAPER:
        station = manifest.definition.stations[decision.subject]
        return say("{station} voted on paper: count {code}", station=station.name, code=_short(digest))
    machine = manifest.machines[decision.subject].name
    if kind is DecisionKind.LATE_BOX:
        sets = {
            "before": _machines(decision.before or (), manifest, language),
            "after": _machines(decision.after or (), manifest, language),
        }
        return say(
            "Late box of machine {machine} taken in. Before: {before}. After: {after}",
            machine=machine,
            **sets,
        )
    if kind is DecisionKind.BOX:
        return say(
            "Of two boxes of machine {machine}, this one counts: {digest}",
            machine=machine,
            digest=fingerprint_text(digest) if len(digest) == 32 else "-",
        )
    words = {
        DecisionKind.EXCLUSION: say("Machine {machine} left out", machine=machine),
        DecisionKind.FIGURES: say("Figures of machine {machine} differ, and are accepted", machine=machine),
        DecisionKind.CHALLENGE: say("Checked ballot found in the box of machine {machine}", machine=machine),
    }
    return words.get(kind) or say("Correction at machine {machine}", machine=machine)


def result_words(result: Result, manifest: Manifest, language: Language) -> tuple[str, ...]:
    """What a result says, in a few lines.

    Args:
        result: Its contest exists and has these options.
        manifest: Of the vote.
        language: Of the reader.
    """
    say, contest = language.say, manifest.definition.contests[result.contest]
    names = [text_in(option.name, language.code) for option in contest.options]
    head = say(
        "Result of {contest}. Ballots: {ballots}; blank or left out: {blank}",
        contest=text_in(contest.title, language.code),
        ballots=result.ballots,
        blank=result.blank,
    )
    lines = [head]
    for at in sorted(range(len(names)), key=lambda at: (-result.totals[at], at)):
        paper = "" if result.paper is None else f" + {language.number(result.paper[at])}"
        chosen = f"  {say('chosen')}" if at in result.winners else ""
        lines.append(f"  {language.number(result.totals[at])}{paper}  {names[at]}{chosen}")
    if result.paper is not None:
        lines.append(say("Behind the plus: votes on paper, which nobody can prove."))
    return tuple(lines)


def figures_words(closing: ClosingReport, language: Language) -> str:
    """The figures of a machine that are to be one number: marks, ballots, signatures, and slips where they are kept."""
    many = language.say_many
    parts = [
        many("{count} mark", "{count} marks", closing.marks),
        many("{count} ballot", "{count} ballots", closing.ballots),
        many("{count} signature", "{count} signatures", closing.signatures),
    ]
    if closing.slips is not None:
        parts.append(many("{count} entry slip", "{count} entry slips", closing.slips))
    return ", ".join(parts)


def _tie(decision: Decision, manifest: Manifest, language: Language) -> str:
    say, contest = language.say, manifest.definition.contests[decision.subject]
    names = [text_in(contest.options[at].name, language.code) for at in decision.order or ()]
    basis = {"lot": say("by lot"), "age": say("by age")}.get(decision.basis or "", say("by the rule"))
    title = text_in(contest.title, language.code)
    return say("Tie in {contest}, {basis}: {names}", contest=title, basis=basis, names=", ".join(names))


def _machines(machines: Sequence[int], manifest: Manifest, language: Language) -> str:
    names = [manifest.machines[at].name for at in machines]
    return language.join(names) if names else language.say("none")


def _short(digest: bytes) -> str:
    return short_code(digest) if len(digest) == 32 else "-"
