"""W10: writing an incident, its hour, and the question whether a name in it shall stay."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from keys.desk.town import speaks
from keys.findings import Refused
from station.day import Day
from station.officers.deeds import SaveIncident
from station.officers.incidents import hour_of, is_of_a_stop, without
from station.officers.namecheck import named
from station.officers.tasks import AskIncident, Problem
from station.reports import incidents_of, stops_of

__all__ = ["IncidentTask"]

_LENGTH = 300


class IncidentTask:
    """What was typed so far; nothing is written before it is right."""

    def __init__(self, day: Day, clock: Callable[[], int]) -> None:
        self._day = day
        self._clock = clock

    def question(
        self,
        answer: SaveIncident | None = None,
        problem: Problem | None = None,
        names: tuple[str, ...] = (),
        *,
        left_unsigned: bool = False,
    ) -> AskIncident:
        """Ask for an incident, with what was typed before, or because somebody left without signing."""
        day = self._day
        language = speaks(day.manifest.definition)
        written = len(incidents_of(day.store))
        now = language.hour(self._clock(), day.manifest.definition.timezone)
        if answer is None:
            return AskIncident(written, now, problem=problem, left_unsigned=left_unsigned)
        without_names = without(answer.text, names, language.say("(name removed)"))
        return AskIncident(
            written, answer.hour or now, answer.kind, answer.text, names, without_names, problem
        )

    def save(self, answer: SaveIncident) -> AskIncident | None:
        """Write an incident down; the question that is left, or None once it is written."""
        day, now = self._day, self._clock()
        kind, words = answer.kind.strip(), answer.text.strip()[:_LENGTH]
        if not (kind or words):
            return self.question(answer, Problem("empty"))
        zone = ZoneInfo(day.manifest.definition.timezone)
        at = now if not answer.hour.strip() else hour_of(answer.hour, now, zone)
        if at is None:
            return self.question(answer, Problem("hour"))
        power = speaks(day.manifest.definition).say("The power failed.")
        if kind == power and is_of_a_stop(at, stops_of(day.store)):
            if not words:
                return self.question(answer, Problem("noted"))
            kind = ""  # the machine's own line says it
        names = () if answer.anyway else named(day, answer.text)
        if names:
            return self.question(answer, Problem("name"), names)
        try:
            day.note_incident(f"{kind} {words}".strip(), at)
        except Refused as refused:
            return self.question(answer, Problem(refused.code))
        return None
