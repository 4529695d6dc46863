"""The disk of the machine: Debian as its installer leaves it, and then the steps of the kiosk's README."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.simulator.town import Loaded, load_machine

__all__ = ["KERNEL_FILES", "make_disk"]

ROOT = Path(__file__).resolve().parents[2]
KERNEL_FILES = ("vmlinuz", "initrd")
_DEBIAN = (
    "systemd-sysv,dbus,udev,sudo,libpam-systemd,linux-image-amd64,initramfs-tools,"
    "kbd,console-setup-linux,python3-venv"  # as the README says
)
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
    wheels = _wheels(cache)
    for old in (system, town, cache / "kiosk"):
        shutil.rmtree(old, ignore_errors=True)
    _run("cp", "-a", "--reflink=auto", debian, system)
    shutil.copytree(wheels, system / "opt" / "wheels")
    _run("chroot", system, "python3", "-m", "venv", "/opt/isoloir")
    pip = ("/opt/isoloir/bin/pip", "install", "-q", "--no-index", "--find-links", "/opt/wheels", "isoloir")
    _run("chroot", system, *pip)
    shutil.rmtree(system / "opt" / "wheels")
    station = Path(sys.executable).with_name("station")
    written = ("--write", cache / "kiosk", "--program", "/opt/isoloir/bin/station")
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


def _debian(folder: Path) -> None:
    if (folder / "etc" / "hostname").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    release = folder.name
    _run("debootstrap", f"--include={_DEBIAN}", release, folder, "http://deb.debian.org/debian")
    (folder / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    (folder / "etc/hostname").write_text("kiosk\n")


def _wheels(cache: Path) -> Path:
    """The program and the pinned packages, as the README has them brought to a machine without network."""
    wheels = cache / "wheels"
    wheels.mkdir(exist_ok=True)
    for old in wheels.glob("isoloir-*"):
        old.unlink()
    pip = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")
    pinned = ("--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock")
    _run(*pip, "download", *pinned, "-d", wheels)
    _run(*pip, "wheel", "--no-deps", "-w", wheels, ROOT)
    return wheels


def _image(system: Path, image: Path) -> Path:
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(4 << 30)
    _run("mkfs.ext4", "-q", "-F", "-d", system, image)
    return image


def _run(*command: object) -> None:
    subprocess.run(["nice", *map(str, command)], check=True, stdout=sys.stderr)
