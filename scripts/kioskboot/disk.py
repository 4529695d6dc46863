"""The disk of the machine: Debian as its installer leaves it, and then the steps of the kiosk's README."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.simulator.town import Loaded, load_machine

__all__ = ["KERNEL_FILES", "PASSPHRASE", "PRINTING", "encrypt", "make_disk"]

ROOT = Path(__file__).resolve().parents[2]
KERNEL_FILES = ("vmlinuz", "initrd")
PASSPHRASE = "isoloir"  # noqa: S105 - of a disk that holds nothing
"""Of the encrypted disk; typed on the emulated keyboard."""
PRINTING = "lp -d booth"
_README = ROOT / "station" / "kiosk" / "files" / "README"
_MIRROR = "http://deb.debian.org/debian"
_DEBIAN = "systemd-sysv,dbus,udev,libpam-systemd,linux-image-amd64,initramfs-tools"
_INSTALLER = ("apparmor", "console-setup", "cryptsetup-initramfs")
"""What the installer adds, for the keyboard and for an encrypted disk."""
_BESIDE = ("cups-filters", "ghostscript", "brltty")
"""What Debian's print system recommends and a printer needs; and braille."""
_VERSION = "import sys; print('{}.{}'.format(*sys.version_info))"
_PROBE = """[Unit]
Description=A shell for kiosk-boot, which no kiosk has
DefaultDependencies=no
StartLimitIntervalSec=0
[Service]
ExecStart=/bin/sh -c 'exec 3<>/dev/virtio-ports/probe; exec /bin/sh <&3 >&3 2>&3'
Restart=always
RestartSec=1
[Install]
WantedBy=basic.target
"""


def make_disk(cache: Path, release: str) -> tuple[Path, Loaded]:
    """Make it anew; only Debian itself is kept from one time to the next.

    Args:
        cache: Folder for all of it.
        release: Of Debian, such as "bookworm".

    Returns:
        The image, and the machine that is loaded on it.
    """
    debian, system, town = cache / release, cache / "system", cache / "town"
    _debian(debian)
    wheels = _wheels(cache / f"wheels-{release}", _said(debian, "python3", "-c", _VERSION))
    for old in (system, town, cache / "kiosk"):
        shutil.rmtree(old, ignore_errors=True)
    _run("cp", "-a", "--reflink=auto", debian, system)
    _program(system, wheels)
    station = Path(sys.executable).with_name("station")
    written = ("--write", cache / "kiosk", "--program", "/opt/isoloir/bin/station", "--print", PRINTING)
    _run(station, "kiosk", *written)
    _run(cache / "kiosk" / "install", system)
    town.mkdir()
    loaded = load_machine(town)
    shutil.copytree(loaded.folder, system / "var/lib/isoloir/machine")
    _run("chroot", system, "chown", "-R", "isoloir:isoloir", "/var/lib/isoloir")
    (system / "etc/systemd/system/probe.service").write_text(_PROBE)
    _run("systemctl", "-q", f"--root={system}", "enable", "probe.service")
    for name, found in zip(KERNEL_FILES, ("vmlinuz-*", "initrd.img-*"), strict=True):
        shutil.copy(next(iter(sorted((system / "boot").glob(found)))), cache / name)
    return _image(system, cache / "disk.img"), loaded


def encrypt(disk: Path) -> Path:
    """The same disk in a LUKS container, as the installer makes it."""
    encrypted = disk.with_suffix(".luks")
    _run(
        *("qemu-img", "convert", "-O", "luks", "--object", f"secret,id=words,data={PASSPHRASE}"),
        # With its own SHA-256 qemu-img is now and then done before the clock of its process moves, and gives up.
        *("-o", "key-secret=words,iter-time=10,hash-alg=sha512", disk, encrypted),
    )
    return encrypted


def _debian(folder: Path) -> None:
    """Of the installer, and then what the README has installed."""
    named = re.findall(r"apt install ((?:[a-z0-9-]+ ?)+)", _README.read_text("utf-8"))
    packages = sorted({*named[0].split(), *_INSTALLER, *_BESIDE})
    whole = folder / "etc" / "kiosk-boot"
    with suppress(OSError):
        if whole.read_text().split() == packages:
            return
    shutil.rmtree(folder, ignore_errors=True)
    _run("debootstrap", f"--include={_DEBIAN}", folder.name, folder, _MIRROR)
    (folder / "etc/fstab").write_text("/dev/disk/by-label/system / ext4 defaults 0 1\n")
    (folder / "etc/hostname").write_text("kiosk\n")
    started = folder / "usr/sbin/policy-rc.d"
    started.write_text("#!/bin/sh\nexit 101\n")  # no service starts in a folder
    started.chmod(0o755)
    apt = ("chroot", folder, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y")
    _run(*apt, "install", "--no-install-recommends", *packages)
    _run(*apt, "clean")
    started.unlink()
    hook = folder / "etc/cryptsetup-initramfs/conf-hook"
    hook.write_text(f"{hook.read_text()}\nCRYPTSETUP=y\n")  # the folder lies on no encrypted disk itself
    _run("chroot", folder, "update-initramfs", "-u")
    whole.write_text("\n".join(packages))


def _program(system: Path, wheels: Path) -> None:
    shutil.copytree(wheels, system / "opt" / "wheels")
    _run("chroot", system, "python3", "-m", "venv", "/opt/isoloir")
    pip = ("/opt/isoloir/bin/pip", "install", "-q", "--no-index", "--find-links", "/opt/wheels", "isoloir")
    _run("chroot", system, *pip)
    shutil.rmtree(system / "opt" / "wheels")


def _wheels(wheels: Path, version: str) -> Path:
    """The program and the pinned packages, as the README has them brought to a machine without network.

    Args:
        wheels: Folder for them.
        version: Of the machine's Python, which may be another one than this.
    """
    wheels.mkdir(exist_ok=True)
    for old in wheels.glob("isoloir-*"):
        old.unlink()
    pip = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")
    pinned = ("--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock")
    _run(*pip, "download", "--python-version", version, *pinned, "-d", wheels)
    _run(*pip, "wheel", "--no-deps", "-w", wheels, ROOT)
    return wheels


def _image(system: Path, image: Path) -> Path:
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(4 << 30)
    _run("mkfs.ext4", "-q", "-F", "-L", "system", "-d", system, image)
    return image


def _run(*command: object) -> None:
    subprocess.run(["nice", *map(str, command)], check=True, stdout=sys.stderr)


def _said(system: Path, *command: str) -> str:
    done = subprocess.run(["chroot", system, *command], check=True, capture_output=True, text=True)
    return done.stdout.strip()
