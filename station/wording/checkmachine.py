"""Words of the lines of the readiness check that are about the machine itself and what it holds."""

from __future__ import annotations

from keys.desk.language import Language
from station.checks.readiness import CheckLine

__all__ = [
    "Words",
    "as_number",
    "as_texts",
    "box",
    "clock",
    "disk",
    "encryption",
    "file",
    "log",
    "memory",
    "network",
    "power",
]

Words = tuple[str, str]
"""What a line says, and what to do."""
_HIDDEN = "***"
"""In the place of the room that is left, which would tell how many have voted."""


def file(line: CheckLine, language: Language) -> Words:
    """What was loaded."""
    say, values = language.say, line.values
    if line.case == "other":
        return (
            say("The sealed file belongs to another machine"),
            say("Do not open. Call the town hall."),
        )
    number, station = str(values["number"]), values["station"]
    if line.case == "rehearsal":
        return say("Sealed file no. {number}, {station}, rehearsal", number=number, station=station), ""
    return say("Sealed file no. {number}, {station}, official vote", number=number, station=station), ""


def box(line: CheckLine, language: Language) -> Words:
    """What is in the box."""
    say, values = language.say, line.values
    stop = say("Do not open. Call the town hall.")
    if line.case == "equal":
        return say("Box in order: as many votes as marks"), ""
    return {
        "empty": (say("Box empty: 0 votes, 0 marks"), ""),
        "balanced": (say("Box in order: votes {votes}, marks {marks}", **values), ""),
        "full": (say("Box NOT empty: votes {votes}, marks {marks}", **values), stop),
        "differ": (say("Box NOT in order: votes {votes}, marks {marks}", **values), stop),
    }[line.case]


def log(line: CheckLine, language: Language) -> Words:
    """The machine's log, line by line under its signature."""
    say = language.say
    if line.case == "good":
        return say("Log: every line is in its place"), ""
    return (
        say("A line of the log was changed, removed or added."),
        say("Note an incident and call the town hall; the board decides."),
    )


def clock(line: CheckLine, language: Language) -> Words:
    """Day, hour and zone."""
    say, values = language.say, line.values
    zone = str(values["zone"])
    now, hour = language.moment(as_number(values["now"]), zone), language.hour(as_number(values["now"]), zone)
    if line.case == "back":
        last = language.moment(as_number(values["last"]), zone)
        return (
            say("Time {now}: earlier than the last entry, {last}", now=now, last=last),
            say("Set the machine's clock by your watch, then Enter."),
        )
    return {
        "good": (say("Time {hour}, {zone}. Compare with your watch.", hour=hour, zone=zone), ""),
        "hours": (
            say("Time {now}, {zone}: outside the hours of the vote", now=now, zone=zone),
            say(
                "Compare day and time with your watch. Wrong: set the clock, then Enter. Right: you may open."
            ),
        ),
        "zone": (
            say("Time {hour}, {zone}; the machine's own clock has another zone", hour=hour, zone=zone),
            say("Compare with your watch. Screens and papers show the time of the vote."),
        ),
    }[line.case]


def network(line: CheckLine, language: Language) -> Words:
    """What is on."""
    say = language.say
    if line.case == "found":
        found = say("Network on: {names}", names=language.join(as_texts(line.values["names"])))
        return found, say("Turn off the Wi-Fi and unplug the cable, then Enter.")
    return {
        "good": (say("No network"), ""),
        "unknown": (
            say("Network: not known whether it is on"),
            say("Check yourself: no cable in, Wi-Fi switched off."),
        ),
    }[line.case]


def disk(line: CheckLine, language: Language) -> Words:
    """What kind it is, and what is free."""
    say, values = language.say, line.values
    size = as_number(values.get("megabytes", 0))
    room = as_number(values["room"]) if "room" in values else _HIDDEN
    return {
        "good": (
            say("Disk: {size} GB free, room for votes: {room}", size=max(1, round(size / 1024)), room=room),
            "",
        ),
        "low": (
            say("Disk nearly full: {size} MB free, room for votes: {room}", size=size, room=room),
            say("It is enough for this vote. Tell the town hall."),
        ),
        "room": (
            say("Room for votes: {room}, fewer than electors who may still come", room=room),
            say("You may open. Call the town hall now: when the room is used up, nobody can vote here."),
        ),
        "full": (
            say("Disk full: {size} MB free", size=size),
            say("Do not open. Call the town hall."),
        ),
        "filesystem": (
            say("Disk of a kind that was not tested: {detail}", detail=values.get("detail", "")),
            say("Overwritten data may stay on it, so a real vote is refused. Call the town hall."),
        ),
        "unknown": (
            say("Disk: not known how much is free"),
            say("You may open. Tell the town hall."),
        ),
    }[line.case]


def encryption(line: CheckLine, language: Language) -> Words:
    """Whether whoever takes the disk can read it."""
    say = language.say
    careful = say("You may open. Never leave the machine alone, and tell the town hall.")
    return {
        "good": (say("Disk encrypted"), ""),
        "clear": (say("Disk NOT encrypted"), careful),
        "unknown": (say("Disk: not known whether it is encrypted"), careful),
    }[line.case]


def memory(line: CheckLine, language: Language) -> Words:
    """Whether it can go to the disk."""
    say = language.say
    tell = say("You may open. Tell the town hall.")
    return {
        "good": (say("Memory is never written to the disk"), ""),
        "swap": (say("Memory can be written to the disk: swap is on"), tell),
        "cores": (say("The system keeps the memory of other programs that crash"), tell),
        "unknown": (say("Memory: not known whether it can be written to the disk"), tell),
    }[line.case]


def power(line: CheckLine, language: Language) -> Words:
    """Mains and battery."""
    say, values = language.say, line.values
    safe = say("You may open. In a power cut the machine stops; what is recorded is safe.")
    percent = as_number(values.get("percent", 0))
    return {
        "good": (say("On mains power, battery {percent}%", percent=percent), ""),
        "low": (say("On mains power, battery only {percent}%", percent=percent), safe),
        "no-battery": (say("On mains power, no battery"), safe),
        "battery": (
            say("On battery, {percent}%", percent=percent),
            say("Plug the machine into the mains, then Enter."),
        ),
        "unknown": (
            say("Mains power: not known whether it is on"),
            say("Check yourself that it is plugged in."),
        ),
    }[line.case]


def as_number(value: object) -> int:
    """A figure that a line names."""
    return value if isinstance(value, int) else 0


def as_texts(value: object) -> tuple[str, ...]:
    """Names that a line names."""
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
