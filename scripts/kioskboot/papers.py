"""What comes out of the printer, and what the print system keeps."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PIL import Image

from kioskboot.findings import Findings
from kioskboot.looks import code_in
from kioskboot.machine import Machine

__all__ = ["add_printer", "check_paper", "check_spool"]


def add_printer(machine: Machine) -> None:
    """As the README says; a PostScript printer at the parallel port."""
    machine.run(
        "lpadmin -p booth -E -v parallel:/dev/lp0 -m drv:///sample.drv/generic.ppd 2>&1; "
        "for n in $(seq 120); do [ -e /etc/cups/printers.conf ] && break; sleep 0.5; done"
    )


def check_spool(machine: Machine, seen: Findings) -> None:
    """Nothing of what was printed is on the disk, no number of it and no hour."""
    machine.run("for n in $(seq 60); do lpstat -o | grep -q . || break; sleep 1; done")
    jobs = machine.run(r"find /var/spool/cups -type f")
    seen.say(not jobs, f"nothing is left in the spool{jobs and ': '}{jobs}")
    kept = machine.run("sleep 32; find / -xdev -name job.cache; cat /var/log/cups/page_log 2>/dev/null")
    seen.say(not kept, f"no list, number or hour of prints is on the disk{kept and ': '}{kept}")


def check_paper(paper: Path, system: Path, seen: Findings, least: int) -> None:
    """At least so many pages came out, and the codes on them are read.

    Args:
        paper: What the printer was sent.
        system: Folder with the machine's system; its Ghostscript draws the pages.
        seen: What is found.
        least: Of pages with a code.
    """
    pages = system / "srv" / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir()
    shutil.copy(paper, pages / "paper.ps")
    drawing = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pnggray", "-r150")
    subprocess.run(
        ["chroot", system, *drawing, "-sOutputFile=/srv/pages/%02d.png", "/srv/pages/paper.ps"], check=True
    )
    drawn = sorted(pages.glob("*.png"))
    codes = sum(any(text.startswith("ISO1") for text in code_in(Image.open(page))) for page in drawn)
    seen.say(codes >= least, f"{len(drawn)} pages were printed, the code is read on {codes} of them")
    shutil.rmtree(pages)
