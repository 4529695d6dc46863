"""The files of a kiosk: complete, sound to the programs that read them, and undone without a trace."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.color import Color, ColorSystem

from station.cli import cli
from station.electors.people import Letters
from station.kiosk.letters import WISH, console_letters
from station.kiosk.palette import PALETTE, contrast

UNITS = (
    "isoloir.service",
    "isoloir-letters.path",
    "isoloir-letters.service",
    "isoloir-stick.service",
    "media-isoloir.mount",
    "var-cache-cups.mount",
    "var-log-cups.mount",
    "var-spool-cups.mount",
)
SYSTEM = Path("/usr/lib/systemd/system")
ROOT = Path(__file__).parents[2]
PROGRAM = "/opt/isoloir/bin/station"


def kiosk(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["kiosk", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files, written."""
    target = tmp_path / "kiosk"
    assert kiosk("--write", target, "--program", PROGRAM, "--print", "lp -d booth").exit_code == 0
    return target


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """As much of a Debian system as the scripts look at."""
    root = tmp_path / "root"
    for name in (
        "usr/bin",
        "usr/share/consolefonts",
        "opt/isoloir/bin",
        "etc/cups",
        "var/lib",
        "usr/lib/systemd",
    ):
        (root / name).mkdir(parents=True)
    for program in ("usr/bin/setfont", "usr/bin/setvtrgb", "usr/bin/loadkeys", "usr/bin/mkdir", PROGRAM[1:]):
        (root / program).write_text("#!/bin/sh\n")
        (root / program).chmod(0o755)
    for size in ("16", "24x12", "32x16"):
        (root / f"usr/share/consolefonts/Vietnamese-Terminus{size}.psf.gz").touch()
    (root / "etc/cups/cupsd.conf").write_text(
        "LogLevel warn\n  PreserveJobHistory Yes\n<Location />\n</Location>\n"
    )
    shutil.copytree(SYSTEM, root / "usr/lib/systemd/system", symlinks=True)
    (root / "etc/systemd/system").mkdir(parents=True)
    (root / "etc/systemd/system/default.target").symlink_to("/usr/lib/systemd/system/graphical.target")
    (root / "lib").symlink_to("usr/lib")
    return root


def run(*command: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def tree(root: Path) -> dict[str, str]:
    """Every file with what it holds, but for the list of users, which systemd-sysusers keeps."""
    users = {"passwd", "group", "shadow", "gshadow", ".pwd.lock"}
    found = {}
    for path in sorted(root.rglob("*")):
        kind = (
            str(path.readlink())
            if path.is_symlink()
            else path.read_text("latin-1")
            if path.is_file()
            else "folder"
        )
        if path.parent.name != "etc" or path.name.rstrip("-") not in users:
            found[str(path.relative_to(root))] = kind
    return found


def test_the_service_starts_what_was_asked_for(tmp_path: Path) -> None:
    odd = 'lp -d "b" 100%x$HOME \\'
    target = tmp_path / "kiosk"
    assert (
        kiosk("--write", target, "--program", PROGRAM, "--print", odd, "--paper-roll", "--plain").exit_code
        == 0
    )
    unit = (target / "root/etc/systemd/system/isoloir.service").read_text()
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    assert line.startswith(
        f"ExecStart={PROGRAM} run --dir /var/lib/isoloir/machine --stick /media/isoloir/ISOLOIR "
    )
    assert line.endswith('--print "lp -d \\"b\\" 100%%x$$HOME \\\\" --paper-roll --plain')
    assert not [
        path for path in target.rglob("*") if path.is_file() and re.search("@[A-Z]+@", path.read_text())
    ]


@pytest.mark.parametrize(
    "options",
    [
        ("--program", "station"),
        ("--program", "/home/anne/station"),
        ("--program", "/opt/iso loir/station"),
        ("--program", "/opt/../home/station"),
        ("--dir", "/srv/machine"),
        ("--stick", "/mnt/stick"),
        ("--print", "lp\n[Service]"),
    ],
    ids=lambda options: options[1],
)
def test_what_the_service_could_not_see_is_refused(tmp_path: Path, options: tuple[str, str]) -> None:
    target = tmp_path / "kiosk"
    arguments = ("--program", PROGRAM, *options) if options[0] != "--program" else options
    assert kiosk("--write", target, *arguments).exit_code != 0
    assert not target.exists()


def test_nothing_is_written_over(folder: Path) -> None:
    before = tree(folder)
    assert kiosk("--write", folder, "--program", PROGRAM).exit_code != 0
    assert kiosk().exit_code != 0
    assert tree(folder) == before


def test_undo_is_printed_too(folder: Path) -> None:
    assert kiosk("--undo").stdout == (folder / "undo").read_text()
    assert json.loads(kiosk("--undo", "--json").stdout)["script"] == (folder / "undo").read_text()


def test_the_scripts_are_sound(folder: Path) -> None:
    scripts = [path for path in folder.rglob("*") if path.is_file() and path.read_text().startswith("#!")]
    assert {path.name for path in scripts} == {"install", "undo", "console"}
    assert all(os.access(path, os.X_OK) for path in scripts)
    done = run("shellcheck", *scripts)
    assert done.returncode == 0, done.stdout


def test_it_is_installed_and_undone_without_a_trace(folder: Path, debian: Path) -> None:
    before = tree(debian)
    for _ in range(2):
        done = subprocess.run(  # from a folder beside it, as somebody types it
            [folder / "install", debian.name],
            cwd=debian.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
    assert "isoloir" in (debian / "etc/passwd").read_text()
    wants = debian / "etc/systemd/system/multi-user.target.wants"
    assert (wants / "isoloir.service").is_symlink()
    for unit in (
        "getty@.service",
        "autovt@.service",
        "ctrl-alt-del.target",
        "swap.target",
        "debug-shell.service",
    ):
        assert str((debian / "etc/systemd/system" / unit).readlink()) == "/dev/null"
    cups = (debian / "etc/cups/cupsd.conf").read_text()
    assert "PreserveJobHistory Yes" not in cups
    assert "PreserveJobHistory No\nPreserveJobFiles No\nPageLogFormat\nAccessLogLevel config\n" in cups
    done = run("systemd-analyze", "verify", "--man=no", f"--root={debian}", *UNITS)
    assert (done.returncode, done.stderr) == (0, "")
    done = run(debian / "var/lib/isoloir-kiosk/undo", debian)
    assert done.returncode == 0, done.stderr
    assert tree(debian) == before


def test_the_service_is_shut_in(folder: Path, debian: Path) -> None:
    assert run(folder / "install", debian).returncode == 0
    highest_of = {"isoloir.service": 1.0, "isoloir-letters.service": 3.0, "isoloir-stick.service": 1.5}
    for unit, highest in highest_of.items():
        done = run("systemd-analyze", "security", "--offline=true", "--no-pager", f"--root={debian}", unit)
        exposure = float(re.findall(r"exposure level for \S+: ([0-9.]+)", done.stdout)[0])
        assert exposure <= highest
    service = debian / "etc/systemd/system/isoloir.service"
    for line in (
        "StandardError=null",
        "LimitCORE=0",
        "MemorySwapMax=0",
        "PrivateNetwork=yes",
        "Restart=always",
        "TimeoutStopSec=15",
    ):
        assert line in service.read_text().splitlines()
    assert not re.search("^TTYVTDisallocate", service.read_text(), re.MULTILINE), (
        "process 1 must not wait for it"
    )
    letters = (debian / "etc/systemd/system/isoloir-letters.service").read_text().splitlines()
    assert {"StandardOutput=null", "StandardError=null", "LogLevelMax=emerg"} <= set(letters), (
        "it runs in visits"
    )
    assert "TimeoutStartSec=20" in letters, "very large letters take two fonts, and an old machine its time"
    service.write_text(service.read_text().replace("PrivateNetwork=yes", "PrivateNetwork=perhaps"))
    done = run("systemd-analyze", "verify", "--man=no", f"--root={debian}", "isoloir.service")
    assert "Failed to parse boolean value, ignoring: perhaps" in done.stderr, "verify reads nothing"


def settings(folder: Path, unit: str) -> set[str]:
    return set((folder / "root/etc/systemd/system" / unit).read_text().splitlines())


@pytest.mark.parametrize("place", ["spool", "cache", "log"])
def test_what_was_printed_its_number_and_its_hour_are_in_memory_alone(folder: Path, place: str) -> None:
    mount = settings(folder, f"var-{place}-cups.mount")
    assert {"What=tmpfs", f"Where=/var/{place}/cups", "Before=cups.service"} <= mount
    assert "ConditionPathExists=/etc/cups/cupsd.conf" in mount, (
        "no folder of a print system that is not there"
    )


def test_a_stick_from_a_shop_is_enough_and_one_that_was_pulled_keeps_no_other_out(tmp_path: Path) -> None:
    target = tmp_path / "kiosk"
    stick = "/media/isoloir/votes"
    assert kiosk("--write", target, "--program", PROGRAM, "--stick", stick).exit_code == 0
    mount = settings(target, "media-isoloir.mount")
    assert {"LazyUnmount=yes", "Type=vfat,exfat", "Where=/media/isoloir"} <= mount
    options = next(line for line in mount if line.startswith("Options="))
    assert {"nosuid", "nodev", "noexec", "uid=isoloir"} <= set(options.removeprefix("Options=").split(","))
    made = settings(target, "isoloir-stick.service")
    assert {f"ExecStart=/usr/bin/mkdir -p {stick}", "User=isoloir", "WantedBy=media-isoloir.mount"} <= made


def test_nothing_sets_a_font_or_keys_after_the_station(folder: Path) -> None:
    after = " ".join(line for line in settings(folder, "isoloir.service") if line.startswith("After="))
    assert {"console-setup.service", "keyboard-setup.service"} <= set(after.replace("After=", " ").split())


@pytest.mark.parametrize(
    "missing", ["usr/bin/setvtrgb", "usr/share/consolefonts/Vietnamese-Terminus24x12.psf.gz"]
)
def test_without_its_programs_nothing_is_changed(folder: Path, debian: Path, missing: str) -> None:
    (debian / missing).unlink()
    before = tree(debian)
    done = run(folder / "install", debian)
    assert done.returncode == 3
    assert "apt install" in done.stderr
    assert tree(debian) == before


CELLS = {"24x12": (113, 32), "32x16": (85, 24), "-d": (42, 12), "16": (170, 48)}
"""By font, on a screen of 1366 by 768 points."""


KEYS = (
    ("shift", 31, "+S", False),
    ("control", 31, "Control_s", True),
    ("control", 32, "Control_d", False),
    ("plain", 70, "Scroll_Lock", True),
    ("shift", 70, "Show_Memory", True),
    ("control", 70, "Show_State", True),
    ("shift", 104, "Scroll_Backward", False),
    ("control alt", 111, "Boot", True),
)
KEYMAP = "keymaps 0-127\n" + "".join(f"{held} keycode {key:3} = {sign:16}\n" for held, key, sign, _ in KEYS)
"""As dumpkeys writes it, one modifier a line, with spaces behind."""
FORBIDDEN = [f"{held} keycode {key} = VoidSymbol" for held, key, _, stops in KEYS if stops]


@dataclass(frozen=True)
class Console:
    """The script, before a console whose fonts change what `stty` says."""

    script: Path
    wish: Path
    folder: Path

    def __call__(self, word: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {"PATH": f"{self.folder}:/usr/bin:/bin", **environment}
        return subprocess.run(
            ["sh", self.script, word], env=known, capture_output=True, text=True, check=False, timeout=60
        )

    def screen(self, scale: float = 1, *, doubles: bool) -> None:
        """A screen so much larger or smaller, and a setfont as of Debian 13, or 12: it says 0 and does nothing."""
        sizes = {
            font: f"{int(rows * scale)} {int(columns * scale)}" for font, (columns, rows) in CELLS.items()
        }
        cases = "".join(
            f'*Terminus{font}.psf.gz) echo "{sizes[font]}" > {self.folder}/cells ;;\n'
            for font in ("16", "24x12", "32x16")
        )
        double = f'echo "{sizes["-d"]}" > {self.folder}/cells' if doubles else "echo limit >&2"
        self.stub(
            "setfont",
            f'echo "$*" >> {self.folder}/log\ncase "$*" in\n-d*) {double} ;;\n{cases}esac\nexit 0',
        )
        self.stub(
            "stty",
            f'case "$3" in size) cat {self.folder}/cells ;; *) echo "$3" >> {self.folder}/flow ;; esac',
        )

    def stub(self, name: str, lines: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    @property
    def cells(self) -> str:
        """Rows and columns now."""
        return (self.folder / "cells").read_text().strip()

    @property
    def sizes(self) -> list[str]:
        """What is offered."""
        return self.wish.with_name("sizes").read_text().split()


@pytest.fixture
def console(folder: Path, tmp_path: Path) -> Console:
    """The script that root runs."""
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    wish = tmp_path / "run" / "letters"
    wish.parent.mkdir()
    wish.touch()
    text = (folder / "root/usr/local/lib/isoloir/console").read_text()
    script = tmp_path / "console"
    script.write_text(
        text.replace(str(WISH.parent), str(wish.parent))
        .replace("/opt/isoloir/bin/python3", "python3")
        .replace("/dev/tty1", str(stubs / "tty1"))
    )
    made = Console(script, wish, stubs)
    made.stub("python3", f'echo "$3" >> {stubs}/asked')
    made.stub("setvtrgb", ":")
    made.stub("udevadm", f'echo "$*" >> {stubs}/log')
    made.stub("dumpkeys", f"cat <<'END'\n{KEYMAP}END")
    made.stub("loadkeys", f"cat > {stubs}/keys")
    made.stub("systemctl", f'echo "$*" >> {stubs}/system')
    return made


def test_the_letters_that_the_station_asks_for_are_those_that_the_console_shows(console: Console) -> None:
    assert console_letters(console.wish.with_name("none")) is None
    assert console_letters(console.wish) is None, "no size was tried"
    console.screen(doubles=True)
    assert console("prepare").returncode == 0
    assert console.cells == "32 113", "normal letters stay"
    order = (console.folder / "log").read_text().splitlines()
    assert order[0].startswith("settle "), "a driver of the screen that comes later takes other letters"
    assert len(order) > 1
    forbidden = (console.folder / "keys").read_text().splitlines()
    assert [" ".join(line.split()) for line in forbidden] == FORBIDDEN
    assert "0x560B" in (console.folder / "asked").read_text()
    letters = console_letters(console.wish)
    assert letters is not None
    assert letters.sizes == tuple(Letters)
    shown = []
    for size in Letters:
        letters.set(size)
        assert console("letters").returncode == 0
        shown.append(console.cells)
    assert shown == ["32 113", "24 85", "12 42"]
    for word in ("huge", "normal; reboot", "../font", ""):
        console.wish.write_text(word)
        done = console("letters")
        assert (done.returncode, done.stdout, console.cells) == (2, "", "12 42")
    console.wish.unlink()
    console.wish.mkdir()
    letters.set(Letters.LARGE)


@pytest.mark.parametrize(
    ("scale", "doubles", "sizes", "cells"),
    [
        (1, False, (Letters.NORMAL, Letters.LARGE), "32 113"),
        (0.75, True, (Letters.NORMAL, Letters.LARGE), "24 84"),
        (0.6, True, (Letters.NORMAL, Letters.LARGE), "28 102"),
        (0.47, True, (), "22 79"),
    ],
    ids=["not doubled", "1024 points", "small letters", "smaller still"],
)
def test_a_size_that_cannot_be_shown_is_not_offered(
    console: Console, scale: float, doubles: bool, sizes: tuple[Letters, ...], cells: str
) -> None:
    console.screen(scale, doubles=doubles)
    assert console("prepare").returncode == 0
    letters = console_letters(console.wish)
    assert (letters.sizes if letters else ()) == sizes
    assert console.cells == cells


@pytest.mark.parametrize(
    ("code", "status", "off"),
    [("exited", "0", True), ("exited", "1", False), ("killed", "KILL", False), ("killed", "TERM", False)],
)
def test_only_who_switches_off_switches_off(console: Console, code: str, status: str, off: bool) -> None:
    console.screen(doubles=False)
    assert console("release", EXIT_CODE=code, EXIT_STATUS=status).returncode == 0
    flow = (console.folder / "flow").read_text().split()
    assert flow[:2] == ["ixon", "-ixon"], "what Ctrl-S had stopped goes on"
    asked = console.folder / "system"
    assert (asked.read_text() if asked.exists() else "") == ("--no-block poweroff\n" if off else "")
    assert "0x560C" in (console.folder / "asked").read_text()
    assert "\x1b[2J\x1b[3J" in (console.folder / "tty1").read_text(), "the last page is wiped"
    assert console("release").returncode == 0, "nothing was started"


def test_two_themes_stand_out_here_and_in_the_colours_of_the_kiosk() -> None:
    text = (ROOT / "station" / "station.tcss").read_text()
    themes = [
        dict(re.findall(r"(background|color): (#[0-9a-f]{6})", block))
        for block in re.findall(r"Screen(?:\.light)? \{(.*?)\}", text, re.DOTALL)
    ]
    assert len(themes) == 2
    for theme, least in zip(themes, (10, 20), strict=True):
        assert contrast(theme["color"], theme["background"]) >= least
        assert contrast(_on_kiosk(theme["color"]), _on_kiosk(theme["background"], behind=True)) >= least
        assert (
            contrast(_on_kiosk(theme["color"], bold=True), _on_kiosk(theme["background"], behind=True))
            >= least
        )
        reverse = _on_kiosk(theme["background"]), _on_kiosk(theme["color"], behind=True)
        assert contrast(*reverse) >= least


def _on_kiosk(colour: str, *, bold: bool = False, behind: bool = False) -> str:
    """What a console of sixteen colours shows: a background has eight, bold text the bright ones."""
    number = Color.parse(colour).downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return PALETTE[number % 8 if behind else number | 8 if bold else number]


def test_every_colour_of_the_kiosk_is_black_or_stands_out() -> None:
    assert len(PALETTE) == 16
    assert {number for number, colour in enumerate(PALETTE) if colour == "#000000"} == {0, 8}
    assert all(contrast(colour, "#000000") >= 10 for colour in PALETTE if colour != "#000000")
    assert round(contrast("#000000", "#ffffff"), 6) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
