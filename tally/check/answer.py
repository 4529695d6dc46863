"""The answer as it is printed: one plain sentence first, then the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keys.desk.language import Language
from tally.check.verdict import State, Verdict

__all__ = ["answer_json", "answer_text"]


def answer_text(verdicts: Sequence[Verdict], language: Language) -> str:
    """The answer for people.

    Args:
        verdicts: At least one.
        language: Theirs.
    """
    if len(verdicts) == 1:
        return _one(verdicts[0])
    parts = [_overall(verdicts, language)]
    for number, verdict in enumerate(verdicts, 1):
        source = f"{verdict.source}: " if verdict.source else ""
        parts.append(f"\n{number}. {source}{_one(verdict)}")
    return "\n".join(parts)


def answer_json(verdicts: Sequence[Verdict], language: Language) -> dict[str, Any]:
    """The answer for programs: ``holds`` is true only if everything was checked and holds."""
    return {
        "holds": all(verdict.state is State.HOLDS for verdict in verdicts),
        "sentence": verdicts[0].sentence if len(verdicts) == 1 else _overall(verdicts, language),
        "codes": [
            {
                "kind": verdict.kind,
                "state": verdict.state.value,
                "sentence": verdict.sentence,
                "reasons": list(verdict.reasons),
                "finding": verdict.findings[0].code if verdict.findings else None,
                "source": verdict.source,
                **verdict.data,
            }
            for verdict in verdicts
        ],
    }


def _one(verdict: Verdict) -> str:
    return "\n".join([verdict.sentence, *(f"   - {reason}" for reason in verdict.reasons)])


def _overall(verdicts: Sequence[Verdict], language: Language) -> str:
    states = [verdict.state for verdict in verdicts]
    refused, unchecked = states.count(State.REFUSED), states.count(State.UNCHECKED)
    if refused:
        return language.say_many(
            "{count} code of {total} is refused.",
            "{count} codes of {total} are refused.",
            refused,
            total=len(states),
        )
    if unchecked:
        return language.say(
            "{count} codes were read, and not all could be checked without the public folder.",
            count=len(states),
        )
    return language.say("All {count} codes hold.", count=len(states))
