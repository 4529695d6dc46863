"""The wrapper of the three commands: exit statuses, answers for people or machines, progress.

The answer goes to stdout, as text or with ``--json``; progress and warnings go to stderr.
Exit statuses: 0 done, 1 checked and refused, 2 wrong use, 3 could not read or write, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import ctypes
import functools
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, ParamSpec

import click

from keys.crypto.errors import CryptoError
from keys.election.record import UNWRITABLE
from keys.findings import Misuse, Refused, Unreadable

__all__ = ["Answer", "answers", "progress", "run", "warn"]

P = ParamSpec("P")
_CHUNK = 8192
_PR_SET_DUMPABLE = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says when it is done."""

    text: str
    """For people."""
    data: dict[str, Any] = field(default_factory=dict)
    """For machines, with ``--json``; must be JSON."""
    refused: tuple[Refused, ...] = ()
    """What was refused while the rest was done; makes the exit status 1."""
    language: str = "en"
    """Of what is said of the refusals to people."""


def answers(function: Callable[P, Answer]) -> Callable[..., None]:
    """Make a click callback of a function that returns an `Answer`; adds ``--json``."""

    @click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
    @functools.wraps(function)
    def callback(*args: Any, as_json: bool, **kwargs: Any) -> None:
        try:
            answer = function(*args, **kwargs)
        except Refused as refused:
            _print_refusals((refused,), as_json, {})
            raise SystemExit(1) from None
        if as_json:
            _print_refusals(answer.refused, as_json, answer.data)
        else:
            _say(_harmless(answer.text))
            for item in answer.refused:
                warn(_told(item, answer.language))
        if answer.refused:
            raise SystemExit(1)

    return callback


def run(command: click.Command, name: str) -> None:
    """Run a command line to its end and exit with the status of the plan."""
    _leave_no_core()
    try:
        status = command.main(prog_name=name, standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as wrong:
        wrong.show(file=sys.stderr)
        sys.exit(2)
    except Misuse as wrong:
        _stop(name, str(wrong), 2)
    except (Refused, CryptoError) as refused:
        _stop(name, str(refused), 1)
    except Unreadable as trouble:
        _stop(name, str(trouble), 3)
    except OSError as trouble:
        where = f" {trouble.filename}" if trouble.filename else ""
        _stop(name, f"could not read or write{where}: {trouble.strerror or trouble}", 3)
    except (KeyboardInterrupt, click.Abort):
        _stop(name, "stopped. Nothing is half done; the command may be run again.", 130)


def _leave_no_core() -> None:
    """Have the system write no image of this process if it dies: choices, cards and keys are in its memory.

    The limit alone does not stop a core that the system pipes to a program (core(5)); a process that is not
    "dumpable" has none at all, and no other process of the same user can read its memory (prctl(2)).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def warn(text: str) -> None:
    """Say something on stderr."""
    click.echo(_harmless(text), err=True)


def _say(text: str) -> None:
    """Write the answer; who closes the pipe early has not read it.

    Raises:
        Unreadable: So.
    """
    try:
        for at in range(0, len(text), _CHUNK):  # written at once, a long text hides that the pipe broke
            click.echo(text[at : at + _CHUNK], nl=False)
        click.echo()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
        raise Unreadable("the answer could not be written to its end") from None


def _stop(name: str, text: str, status: int) -> NoReturn:
    warn(f"{name}: {text}")
    sys.exit(status)


def _harmless(text: str) -> str:
    """Without what steers a terminal: names of files and papers come from anywhere."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def progress(label: str, total: int, items: Iterable[Any]) -> Iterator[Any]:
    """Pass items on and show on stderr how far the work is; quiet where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    start = last = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - last > 0.2 or done == total:
            left = (now - start) / done * (total - done)
            click.echo(f"\r{label} {done} of {total}, about {left:.0f} s left \033[K", err=True, nl=False)
            last = now
    click.echo("\r\033[K", err=True, nl=False)


def _told(refused: Refused, language: str) -> str:
    """A refusal in a language."""
    if language == "en":
        return str(refused)
    from keys.desk.language import Language  # most commands answer in English, and need no catalogue

    say, finding = Language(language).say, refused.finding
    return f"{refused.code} {refused.subject}: {say(finding.title)}. {say(finding.meaning)} {say(finding.remedy)}"


def _print_refusals(refused: tuple[Refused, ...], as_json: bool, data: dict[str, Any]) -> None:
    if as_json:
        rows = [
            {
                "code": item.code,
                "subject": item.subject,
                "detail": item.detail,
                "severity": item.finding.severity.value,
                "title": item.finding.title,
                "meaning": item.finding.meaning,
                "remedy": item.finding.remedy,
            }
            for item in refused
        ]
        _say(json.dumps({**data, "findings": rows}, ensure_ascii=False, indent=2))
        return
    for item in refused:
        warn(str(item))
