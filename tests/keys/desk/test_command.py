"""The wrapper of the commands: exit statuses, JSON, pipes, and no traceback for anything of ours."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from keys.cli import cli as keys_command

ROOT = Path(__file__).parents[3]
PROGRAM = """
import ctypes, os, sys, time
import click
from keys.crypto.errors import CryptoError
from keys.desk.command import Answer, answers, run, warn
from keys.desk.options import rehearsal_option
from keys.findings import Misuse, Refused, Unreadable

FAULTS = {
    "refused": lambda: Refused("V-102", "receipt \\x1b[31m of machine 3", "expected x"),
    "misuse": lambda: Misuse("that cannot work"),
    "unreadable": lambda: Unreadable("stick could not be read"),
    "os": lambda: FileNotFoundError(2, "No such file or directory", "/nowhere"),
    "crypto": lambda: CryptoError("proof", "does not hold"),
    "click": lambda: click.BadParameter("not a number"),
    "abort": lambda: click.Abort(),
    "interrupt": lambda: KeyboardInterrupt(),
    "bug": lambda: ZeroDivisionError("bug"),
}

@click.group()
def cli(): pass

@cli.command()
@answers
def done():
    warn("a warning")
    return Answer("All done, 1 200 EUR.", {"count": 3})

@cli.command()
@answers
def partly():
    return Answer("One of two.", {"count": 1}, (Refused("V-102", "box 2"),))

@cli.command()
@click.argument("what")
@answers
def fail(what):
    raise FAULTS[what]()

@cli.command()
@click.argument("what")
def bare(what):
    raise FAULTS[what]()

@cli.command()
@answers
def long():
    return Answer("x" * 10_000_000)

@cli.command()
@click.pass_context
def leave(context):
    context.exit(3)

@cli.command()
@answers
def die():
    warn(f"dumpable {ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)}")  # PR_GET_DUMPABLE
    os.abort()

@cli.command()
@answers
def wait():
    warn("waiting")
    time.sleep(60)
    return Answer("never")

@cli.command()
@rehearsal_option
@answers
def mode(mode):
    return Answer(mode.name)

run(cli, "test")
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("command") / "program.py"
    path.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{PROGRAM}", encoding="utf-8")
    return [sys.executable, str(path)]


def call(program: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*program, *words], capture_output=True, text=True, check=False, timeout=60)


def test_done(program: list[str]) -> None:
    said = call(program, "done")
    assert (said.returncode, said.stdout, said.stderr) == (0, "All done, 1 200 EUR.\n", "a warning\n")
    said = call(program, "done", "--json")
    assert said.returncode == 0
    assert json.loads(said.stdout) == {"count": 3, "findings": []}


def test_partly_done(program: list[str]) -> None:
    said = call(program, "partly")
    assert (said.returncode, said.stdout) == (1, "One of two.\n")
    assert said.stderr.startswith("V-102 box 2: signature")
    said = call(program, "partly", "--json")
    assert said.returncode == 1
    answer = json.loads(said.stdout)
    assert answer["count"] == 1
    assert [row["code"] for row in answer["findings"]] == ["V-102"]


def test_refused_as_json(program: list[str]) -> None:
    said = call(program, "fail", "refused", "--json")
    assert said.returncode == 1
    (row,) = json.loads(said.stdout)["findings"]
    assert set(row) == {"code", "subject", "detail", "severity", "title", "meaning", "remedy"}
    assert (row["code"], row["detail"], row["severity"]) == ("V-102", "expected x", "refused")
    assert "\x1b" not in said.stdout


@pytest.mark.parametrize("command", ["fail", "bare"])
@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("refused", 1, "V-102 receipt"),
        ("crypto", 1, "proof: does not hold"),
        ("misuse", 2, "that cannot work"),
        ("click", 2, "not a number"),
        ("unreadable", 3, "stick could not be read"),
        ("os", 3, "/nowhere: No such file"),
        ("abort", 130, "stopped"),
        ("interrupt", 130, "stopped"),
    ],
)
def test_a_fault_of_ours(program: list[str], command: str, what: str, status: int, words: str) -> None:
    said = call(program, command, what)
    assert said.returncode == status
    assert said.stdout == ""
    assert words in said.stderr and "Traceback" not in said.stderr and "\x1b" not in said.stderr


def test_a_fault_of_nobody_is_not_hidden(program: list[str]) -> None:
    said = call(program, "fail", "bug")
    assert said.returncode == 1
    assert "ZeroDivisionError" in said.stderr


@pytest.mark.parametrize("words", [["nothing"], ["fail"], ["done", "--no-such"], ["done", "extra"], []])
def test_wrong_use(program: list[str], words: list[str]) -> None:
    said = call(program, *words)
    assert said.returncode == 2
    assert "Usage:" in said.stderr and said.stdout == ""


def test_help_is_not_wrong_use(program: list[str]) -> None:
    said = call(program, "done", "--help")
    assert (said.returncode, said.stderr) == (0, "")


def test_a_status_that_a_command_chose(program: list[str]) -> None:
    assert call(program, "leave").returncode == 3


def test_a_pipe_that_is_closed_early(program: list[str]) -> None:
    with subprocess.Popen([*program, "long"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(30) == 3
    assert said == "test: the answer could not be written to its end\n"


def test_stopped_by_ctrl_c(program: list[str]) -> None:
    with subprocess.Popen([*program, "wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"waiting\n"
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait(30) == 130
    assert "stopped" in said and "Traceback" not in said


def test_a_process_that_dies_leaves_no_image_of_its_memory(program: list[str], tmp_path: Path) -> None:
    allowed = ["sh", "-c", 'ulimit -c "$(ulimit -Hc)"; exec "$@"', "sh", *program, "die"]
    with subprocess.Popen(allowed, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"dumpable 0\n"
        status = os.waitpid(process.pid, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)
    assert not list(tmp_path.iterdir())


def test_a_rehearsal_is_never_the_default(program: list[str]) -> None:
    assert call(program, "mode").stdout == "OFFICIAL\n"
    assert call(program, "mode", "--rehearsal").stdout == "REHEARSAL\n"


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands(inner, f"{path} {name}")


KEYS_COMMANDS = dict(_commands(keys_command, "keys"))


@pytest.mark.parametrize("path", KEYS_COMMANDS)
def test_every_help_has_an_example(path: str) -> None:
    text = " ".join((KEYS_COMMANDS[path].help or "").split())
    assert f"Example: {path}" in text


@pytest.mark.parametrize("path", KEYS_COMMANDS)
def test_no_option_takes_a_secret(path: str) -> None:
    names = {name for option in KEYS_COMMANDS[path].params for name in option.opts}
    assert not names & {"--passphrase", "--password", "--pin", "--secret"}
