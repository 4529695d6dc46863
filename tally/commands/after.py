"""After the count: certify, publish; and what anyone runs: verify."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.options import folder_option, passphrase_option, rehearsal_option, workers_option
from keys.desk.passphrase import ask_passphrase
from keys.election.statement import Mode
from keys.paper.groups import parse_fingerprint
from tally.commands.opening import tell
from tally.publication.certify import certify
from tally.publication.publish import publish
from tally.workspace import Workspace

__all__ = ["certify_command", "publish_command", "verify_command"]

_FOLDER = folder_option("Folder of the returning officer.")


@click.command("certify")
@_FOLDER
@passphrase_option
@rehearsal_option
@click.option(
    "--collect",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Take in results that board members signed, where the vote asks for that.",
)
@answers
def certify_command(
    folder: Path, passphrase_file: Path | None, mode: Mode, collect: Sequence[Path]
) -> Answer:
    """Compare the three figures, sign the results, write the minutes.

    Examples: tally certify --dir office;  tally certify --dir office --collect STICK
    """
    workspace = Workspace(folder, mode)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    certified = certify(workspace, authority, int(time.time()), collect)
    data = {"contests": len(certified.counted), "missing": certified.missing}
    if certified.minutes is None:
        text = (
            f"The results are signed by the authority. They wait for "
            f"{counted(certified.missing, 'signature')} of the board.\n"
            f"Hand {workspace.root / 'results'} with draft and manifest to its members: keys sign; "
            f"then: tally certify --collect."
        )
        return Answer(text, {**data, "minutes": None})
    return Answer(
        f"{counted(len(certified.counted), 'contest')} certified. Print and sign: {certified.minutes}",
        {**data, "minutes": str(certified.minutes)},
    )


@click.command("publish")
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="New folder.")
@passphrase_option
@rehearsal_option
@answers
def publish_command(folder: Path, out: Path, passphrase_file: Path | None, mode: Mode) -> Answer:
    """Write the public folder, from which anyone recomputes the result.

    Example: tally publish --dir office --out public
    """
    workspace = Workspace(folder, mode)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    count = publish(
        workspace, out, authority, int(time.time()), lambda contest: warn(f"publishing {contest}")
    )
    page = hashlib.sha256((out / "index.html").read_bytes()).hexdigest()
    return Answer(
        f"{counted(count, 'file')} written to {out}. Check them: tally verify {out}\nSHA-256 of index.html: {page}",
        {"files": count, "page": page},
    )


@click.command("verify")
@click.argument("root", type=click.Path(path_type=Path))
@click.option(
    "--fingerprint",
    metavar="F",
    help="Fingerprint of the sealed file, from the poster or another source you trust.",
)
@workers_option
@rehearsal_option
@click.option("--lang", metavar="CODE", default="en", help="Language of the report.")
@answers
def verify_command(root: Path, fingerprint: str | None, workers: int, mode: Mode, lang: str) -> Answer:
    """Verify a whole public folder: no secret, no database, no network.

    Example: tally verify public --fingerprint "7K2M 9XQD ..."
    """
    # Imported here: reading codes from the minutes brings in libraries that no other command needs.
    from tally.verify import Status, report_json, report_text, verify_folder

    expected = None if fingerprint is None else parse_fingerprint(fingerprint)
    report = verify_folder(root, fingerprint=expected, workers=workers, progress=tell("checking "), mode=mode)
    failed = [step.finding for step in report.steps if step.status is Status.FAILED]
    findings = tuple(finding for finding in failed if finding is not None)
    return Answer(report_text(report, lang), report_json(report), findings, lang)
