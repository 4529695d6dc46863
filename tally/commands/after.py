"""After the count: decide, certify, publish; and what anyone runs: verify."""

from __future__ import annotations

import time
from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.options import folder_option, passphrase_option, rehearsal_option, workers_option
from keys.desk.passphrase import ask_passphrase
from keys.election.decision import Decision, DecisionKind
from keys.election.statement import Mode
from keys.findings import Misuse
from keys.paper.groups import parse_fingerprint, short_code
from tally.certify import certify
from tally.commands.opening import tell
from tally.deciding import contest_named, decide, tie_order
from tally.publish import publish
from tally.workspace import Workspace

__all__ = ["certify_command", "decide_command", "publish_command", "verify_command"]

_FOLDER = folder_option("Folder of the returning officer.")
_KINDS = {kind.name.lower().replace("_", "-"): kind for kind in DecisionKind}


@click.command("decide")
@click.argument("kind", type=click.Choice(sorted(_KINDS)))
@click.argument("subject")
@_FOLDER
@passphrase_option
@rehearsal_option
@click.option("--reason", required=True, help="Who decided, when, and why; it is published.")
@click.option("--step", help="For a tie: the step, as tally count names it.")
@click.option("--order", help="For a tie: ids of the tied options, the preferred first, parted by commas.")
@click.option("--basis", type=click.Choice(["lot", "age", "rule"]), default="lot", help="For a tie.")
@answers
def decide_command(
    kind: str,
    subject: str,
    folder: Path,
    passphrase_file: Path | None,
    mode: Mode,
    reason: str,
    step: str | None,
    order: str | None,
    basis: str,
) -> Answer:
    """Record a decision that people took. SUBJECT is the id of a contest, or the name of a machine.

    Example: tally decide tie fontaine-lestang --step place-3 --order 57,54 --reason "Lot drawn in public"
    """
    workspace = Workspace(folder, mode)
    dossier = workspace.dossier()
    which = _KINDS[kind]
    about_contest = which in {DecisionKind.TIE, DecisionKind.FEW_BALLOTS}
    index = contest_named(dossier, subject) if about_contest else dossier.manifest.machine_named(subject)
    if which is DecisionKind.TIE and (step is None or order is None):
        raise Misuse("a decision on a tie needs --step and --order, as tally count names them")
    ids = tuple(part.strip() for part in (order or "").split(",") if part.strip())
    decision = Decision(
        kind=which,
        subject=index,
        reason=reason,
        at=int(time.time()),
        step=step if which is DecisionKind.TIE else None,
        order=tie_order(dossier, index, ids) if which is DecisionKind.TIE else None,
        basis=basis if which is DecisionKind.TIE else None,
    )
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    fingerprint = decide(workspace, authority, decision)
    return Answer(f"Recorded: {short_code(fingerprint)}", {"decision": fingerprint.hex()})


@click.command("certify")
@_FOLDER
@passphrase_option
@rehearsal_option
@answers
def certify_command(folder: Path, passphrase_file: Path | None, mode: Mode) -> Answer:
    """Compare the three figures, sign the results, write the minutes.

    Example: tally certify --dir office
    """
    workspace = Workspace(folder, mode)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    certified = certify(workspace, authority, int(time.time()))
    return Answer(
        f"{len(certified.counted)} contests certified. Print and sign: {certified.minutes}",
        {"contests": len(certified.counted), "minutes": str(certified.minutes)},
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
    return Answer(f"{count} files written to {out}. Check them: tally verify {out}", {"files": count})


@click.command("verify")
@click.argument("root", type=click.Path(path_type=Path))
@click.option(
    "--fingerprint", metavar="F", help="Of the manifest, from the poster or another source you trust."
)
@workers_option
@rehearsal_option
@answers
def verify_command(root: Path, fingerprint: str | None, workers: int, mode: Mode) -> Answer:
    """Verify a whole public folder: no secret, no database, no network.

    Example: tally verify public --fingerprint "7K2M 9XQD ..."
    """
    # Imported here: reading codes from the minutes brings in libraries that no other command needs.
    from tally.verify import report_json, report_text, verify_folder

    expected = None if fingerprint is None else parse_fingerprint(fingerprint)
    report = verify_folder(root, fingerprint=expected, workers=workers, progress=tell("checking "), mode=mode)
    findings = tuple(step.finding for step in report.steps if step.finding is not None)
    return Answer(report_text(report), report_json(report), findings)
