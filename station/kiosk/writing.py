"""Writes the files of a kiosk into a folder; applies nothing."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from keys.findings import Misuse, Unreadable
from station.kiosk.palette import palette_file

__all__ = ["Kiosk", "undo_script", "write_kiosk"]

_FILES = files("station.kiosk") / "files"
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]+")
_HIDDEN = ("/home/", "/root/", "/run/user/", "/tmp/", "/var/tmp/")  # noqa: S108 - none is written to
"""What the service does not see."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What differs from one kiosk to another."""

    program: Path
    """The command `station`; its Python stands beside it."""
    folder: Path
    """Of the machine."""
    stick: Path
    printing: str = ""
    """Takes a PDF on its input."""
    paper_roll: bool = False
    plain: bool = False

    def __post_init__(self) -> None:
        """Refuse what the service could not start or see.

        Raises:
            Misuse: A path is not absolute, has unusual letters in it or is hidden from the service; or the print
                command has control characters.
        """
        for path in (self.program, self.folder, self.stick):
            text = str(path)
            if not _PLAIN_PATH.fullmatch(text) or ".." in path.parts:
                raise Misuse(
                    f"{text!r} must be a whole path of letters, digits, dots, dashes and underscores"
                )
            if text.startswith(_HIDDEN):
                raise Misuse(
                    f"{text} is hidden from the voting service; choose a place under /opt or /var/lib"
                )
        if not self.folder.is_relative_to("/var/lib/isoloir"):
            raise Misuse("the machine's folder must be under /var/lib/isoloir")
        if not self.stick.is_relative_to("/media/isoloir"):
            raise Misuse("the stick must be under /media/isoloir")
        if not self.printing.isprintable():
            raise Misuse("the print command has control characters")

    @property
    def command(self) -> str:
        """The line that starts the station, as systemd reads it."""
        words = [str(self.program), "run", "--dir", str(self.folder), "--stick", str(self.stick)]
        words += ["--print", self.printing] if self.printing else []
        words += ["--paper-roll"] if self.paper_roll else []
        words += ["--plain"] if self.plain else []
        return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """One word for systemd (systemd.service(5), "Command lines", and specifiers)."""
    if _PLAIN_PATH.fullmatch(f"/{word}"):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def write_kiosk(target: Path, kiosk: Kiosk) -> list[Path]:
    """Write everything into a new or empty folder.

    Returns:
        The files, relative to it.

    Raises:
        Misuse: The folder holds something.
        Unreadable: It cannot be written.
    """
    try:
        if target.exists() and any(target.iterdir()):
            raise Misuse(f"{target} is not empty; choose a new folder")
        with as_file(_FILES) as source:
            shutil.copytree(source, target, dirs_exist_ok=True)
        palette = target / "root" / "etc" / "isoloir" / "palette"
        palette.parent.mkdir(parents=True)
        palette.write_text(palette_file(), "utf-8")
        written = sorted(path for path in target.rglob("*") if path.is_file())
        for path in written:
            _fill(path, kiosk)
    except OSError as trouble:
        raise Unreadable(f"could not write {target}: {trouble.strerror}") from None
    return [path.relative_to(target) for path in written]


def _fill(path: Path, kiosk: Kiosk) -> None:
    text = path.read_text("utf-8")
    for place, words in (
        ("@EXEC@", kiosk.command),
        ("@PYTHON@", str(kiosk.program.with_name("python3"))),
        ("@FOLDER@", str(kiosk.folder)),
        ("@STICK@", str(kiosk.stick)),
        ("@STATION@", str(kiosk.program)),
        ("@ENVIRONMENT@", str(kiosk.program.parent.parent)),
    ):
        text = text.replace(place, words)
    path.write_text(text, "utf-8")
    path.chmod(0o755 if text.startswith("#!") else 0o644)


def undo_script() -> str:
    """What undoes an installation, without the folder."""
    return (_FILES / "undo").read_text("utf-8")
