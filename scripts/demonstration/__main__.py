"""`scripts/demo`: define, seal, vote, merge, open, count, certify, publish, verify."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from demonstration.commands import CommandFailed, Commands, say
from demonstration.comparison import compare
from demonstration.day import hold_stations
from demonstration.neighbourhoods import DEFAULT, choose
from demonstration.outside import verify_outside
from demonstration.townhall import certify_and_publish, draft_and_seal, merge_and_open
from demonstration.visitor import GUESTS, has_terminal

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run the demonstration; exit status 0 only if every comparison and verification held."""
    arguments = _arguments()
    out: Path = arguments.out
    if out.exists() and any(out.iterdir()):
        if not (out / ".isoloir-demo").exists():
            print(f"{out} is not empty and not an earlier demonstration; take another --out", file=sys.stderr)
            return 2
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / ".isoloir-demo").touch()
    places = choose(arguments.stations)
    start = time.monotonic()
    say(
        f"Toulouse 2022: {len(places)} of 20 neighbourhoods, {sum(len(p.votes.voters) for p in places)} ballots."
    )
    say("Each voter below is a real ballot of that vote; every name, key and paper is made now.")
    commands = Commands(out)
    visitor = has_terminal() and not arguments.auto
    try:
        fingerprint = draft_and_seal(commands, places, guests=GUESTS if visitor else 0)
        day = hold_stations(commands, places, with_visitor=visitor)
        merge_and_open(commands, places)
        certify_and_publish(commands, fingerprint)
        equal = compare(commands, places, day)
        outside = verify_outside(commands, ROOT)
    except CommandFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    _farewell(out, fingerprint, time.monotonic() - start)
    return 0 if equal and outside else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Hold a whole election on the real ballots of the participatory budget of Toulouse, 2022.",
        epilog="Example: scripts/demo --stations all --out /tmp/toulouse",
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "demo-out", help="folder to write (default: demo-out)"
    )
    parser.add_argument(
        "--stations",
        default=DEFAULT,
        help=f"how many neighbourhoods, 'all' (20), or their numbers such as 6,16 (default: {DEFAULT})",
    )
    parser.add_argument("--auto", action="store_true", help="ask nothing, also on a terminal")
    return parser.parse_args()


def _farewell(out: Path, fingerprint: str, seconds: float) -> None:
    say(f"Done in {seconds:.0f} s.")
    print(
        f"""
Open:   {out}/minutes.pdf             the minutes, with a code for every result
        {out}/public/                 all that is published: anyone recomputes the result from it
Try:    .venv/bin/tally verify {out}/public --fingerprint "{fingerprint}"
        change one byte of any file in {out}/public, and verify again
        .venv/bin/keys show {out}/public/manifest.cose
        .venv/bin/tally status --dir {out}/office
Two of the three trustees opened the totals; here one program held all three keys, on the day nobody does."""
    )


if __name__ == "__main__":
    raise SystemExit(main())
