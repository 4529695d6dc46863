"""The command `station run`: a face of the office, and after an error a page of our own, as often as it takes."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from keys.desk.town import speaks
from keys.election.definition import Definition
from keys.election.statement import Mode
from keys.findings import Misuse, Refused, Unreadable
from station.app import StationApp
from station.day import Day, open_day
from station.disk.folder import mode_file, wiped_file
from station.disk.state import State
from station.faces.face import Face, OfficeFace
from station.faces.faultface import Fault, FaultFace
from station.faces.loadingface import LoadingFace
from station.officers.deeds import CopyToStick
from station.officers.loadingtask import LoadingTask
from station.officers.office import Office
from station.officers.readinesstask import Probe
from station.ports import Printer

__all__ = ["Show", "check_environment", "office_of", "run_station", "show_on_screen", "unloaded_of"]


Show = Callable[[Face, Callable[[], float]], bool]
"""Shows a face until it is finished, by a steady clock; True if it ended because of an error."""


def show_on_screen(face: Face, clock: Callable[[], float]) -> bool:
    """Show a face as a terminal app.

    Returns:
        Whether it ended because of an error.
    """
    app = StationApp(face, clock, pressed=lambda event: event.time)  # Textual's are of the same clock
    app.run(mouse=False)
    return app.faulted


def run_station(
    open_office: Callable[[Mode], AbstractContextManager[Office]],
    mode: Mode,
    show: Show = show_on_screen,
    unloaded: Callable[[Mode], LoadingFace | None] = lambda _: None,
) -> int:
    """Run the station until officers switch it off; a rehearsal that is begun from the vote leads back to it.

    Args:
        open_office: Opens the day of a mode and its office; called again after each restart.
        mode: Official or rehearsal.
        show: As a terminal app, or as plain lines.
        unloaded: The face on which the file of the town hall is loaded; None where it is there.

    Returns:
        Exit status: 0 where officers switched off, also after an error; 1 if the page after an error failed too.
        A kiosk switches the machine off after 0, and begins again after anything else.

    Raises:
        Misuse: The environment would change how the terminal app behaves.
        Refused, Unreadable: The day cannot be opened.
    """
    check_environment(os.environ)
    now, copy = mode, False
    while True:
        if (before := unloaded(now)) is not None:
            if show(before, time.monotonic):
                print(_last_words(before.definition))
                return 1
            if not before.loaded:
                return 0
        with open_office(now) as office:
            if copy:
                office.answer(CopyToStick())
            face = OfficeFace(office, _now)
            faulted = show(face, time.monotonic)
            if office.finished and not faulted:
                if now is mode and not office.rehearse:
                    return 0
                now, copy = Mode.REHEARSAL if office.rehearse else mode, False
                continue
            fault = _fault(office, face)
        after = FaultFace(fault)
        if show(after, time.monotonic):
            print(_last_words(fault.frame.definition))
            return 1
        if not after.restart:
            if now is mode:
                return 0
            now = mode
        copy = after.copy


def check_environment(environment: os._Environ[str] | dict[str, str]) -> None:
    """Refuse variables that open a side door into the app.

    Raises:
        Misuse: One is set.
    """
    found = sorted(name for name in environment if name.startswith("TEXTUAL_"))
    if found:
        raise Misuse(f"unset {', '.join(found)}: it changes what the voting screen does")


def unloaded_of(folder: Path, mode: Mode, stick: Callable[[], Path | None]) -> LoadingFace | None:
    """The face of a machine that has enrolled and not loaded its file; None for any other.

    Args:
        folder: Of the machine.
        mode: Official or rehearsal.
        stick: Where the stick of the town hall is; None while there is none.

    Raises:
        Refused, Unreadable: What the machine enrolled with cannot be read.
    """
    loaded = mode_file(folder, mode, "db").exists() or wiped_file(folder, mode).exists()
    if loaded or not (folder / "machine.json").exists():
        return None
    task = LoadingTask(
        folder,
        mode,
        stick=stick,
        clock=_now,
        random_bytes=secrets.token_bytes,
        randbelow=secrets.randbelow,
    )
    return LoadingFace(task, folder, mode, _now)


@contextmanager
def office_of(
    folder: Path,
    mode: Mode,
    printer: Callable[[Day], Printer],
    stick: Callable[[], Path | None],
    probe: Probe,
) -> Iterator[Office]:
    """Open the day of a machine and its office; where votes and marks differ, for reports only.

    Args:
        folder: Of the machine.
        mode: Official or rehearsal.
        printer: Makes the printer of a day.
        stick: Where to copy the box to; None while there is no stick.
        probe: Gathers the facts of the readiness check.

    Raises:
        Refused: S-104, S-2 codes.
    """
    try:
        opened = open_day(folder, mode, _now)
        day = opened.__enter__()
    except Refused as refused:
        if refused.code != "S-203":
            raise
        opened = open_day(folder, mode, _now, held=True)
        day = opened.__enter__()
    try:
        closes = closing_hour(day.manifest.definition)
        yield Office(
            day, printer(day), clock=_now, stick=stick, shuffle=_shuffled, closes=closes, probe=probe
        )
    finally:
        opened.__exit__(None, None, None)


def closing_hour(definition: Definition) -> int:
    """The planned hour of closing, Unix seconds."""
    local = datetime.fromisoformat(definition.closes)
    return int(local.replace(tzinfo=ZoneInfo(definition.timezone)).timestamp())


def _fault(office: Office, face: OfficeFace) -> Fault:
    """What can still be said; the disk may be the very thing that failed."""
    try:
        hidden = office.day.closing_announced
        votes = None if hidden else max(office.day.counts().ballots.values())
        state = office.day.state
    except (Refused, Unreadable):
        votes, state = None, State.INTERRUPTED
    return Fault(face.frame(0, 0, state), votes, office.voter_lock)


def _last_words(definition: Definition) -> str:
    """One plain line for where even the page after an error failed."""
    say, phone = speaks(definition).say, definition.help_phone
    whom = say("Call {phone}.", phone=phone) if phone else say("Call a poll worker.")
    return f"{say('The machine has stopped.')} {whom}"


def _now() -> int:
    return int(time.time())


def _shuffled(count: int) -> Sequence[int]:
    order = list(range(count))
    secrets.SystemRandom().shuffle(order)
    return order
