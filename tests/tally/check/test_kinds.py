"""Every kind of paper: the genuine one holds, and its lying twins are refused, each with its own finding."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from keys.desk.language import Language
from keys.election.challenge import Challenge
from keys.election.decision import DecisionKind
from keys.election.report import ZeroReport
from keys.election.result import Result
from keys.election.statement import StatementType, read_statement
from keys.findings import Refused
from keys.paper.groups import check_code
from tally.check import Evidence, Item, State, Verdict, check_items, open_evidence
from tests.tally.check.town import Town

EN = Language("en")
_T = StatementType


def judge(raw: bytes, evidence: Evidence | None, slip: bytes | None = None) -> Verdict:
    (verdict,) = check_items([Item("", read_statement(raw))], evidence, EN, slip)
    return verdict


def code_of(raw: bytes, evidence: Evidence, slip: bytes | None = None) -> str | None:
    verdict = judge(raw, evidence, slip)
    assert (verdict.state is State.REFUSED) == bool(verdict.findings)
    return verdict.findings[0].code if verdict.findings else None


def receipt(town: Town, visit: int = 0, **changes: Any) -> bytes:
    item = town.visits[visit]
    content = dataclasses.replace(town.receipt(item), **changes)
    return town.sign(_T.RECEIPT, content, signer=item.machine)


def forge(raw: bytes, change: int = -1) -> bytes:
    """The last bit of the signature, or of another place, changed."""
    return raw[: change % len(raw)] + bytes([raw[change] ^ 1]) + raw[change % len(raw) + 1 :]


def test_a_receipt_of_one_ballot_holds(town: Town, evidence: Evidence) -> None:
    verdict = judge(receipt(town), evidence)
    assert verdict.state is State.HOLDS
    assert verdict.sentence == "This ballot is in the box of station 06 Saint-Cyprien."
    assert any("is in the list of Cyprien" in reason for reason in verdict.reasons)
    assert any("closing report. Ballots in each contest: 3." in reason for reason in verdict.reasons)


def test_a_receipt_of_two_ballots_holds(town: Town, evidence: Evidence) -> None:
    verdict = judge(receipt(town, 3), evidence)
    assert verdict.sentence == "The 2 ballots of this visit are all in the box of station 08 Minimes."


def test_a_forged_receipt(town: Town, evidence: Evidence) -> None:
    good = receipt(town)
    assert code_of(good, evidence) is None
    assert code_of(forge(good), evidence) == "T-712"
    assert code_of(forge(good, good.index(town.receipt(town.visits[0]).trackers[0])), evidence) == "T-712"
    content = town.receipt(town.visits[0])
    assert code_of(town.sign(_T.RECEIPT, content, signer=0, by="machine 1"), evidence) == "T-712"
    assert code_of(town.sign(_T.RECEIPT, content, signer=9, by="machine 0"), evidence) == "T-712"
    assert "forged" in judge(forge(good), evidence).sentence


def test_a_receipt_of_another_election_or_a_rehearsal(
    town: Town, elsewhere: Town, rehearsal: Town, evidence: Evidence, tmp_path: Path
) -> None:
    assert code_of(receipt(elsewhere), evidence) == "T-713"
    assert judge(receipt(elsewhere), evidence).sentence == "Receipt: it belongs to another election."
    practised = judge(receipt(rehearsal), evidence)
    assert practised.findings[0].code == "T-714"
    assert practised.sentence == "Receipt: it is from a rehearsal, whose votes do not count."
    twin = open_evidence(rehearsal.publish(tmp_path))
    assert "This is a rehearsal: its votes do not count." in judge(receipt(rehearsal), twin).reasons
    assert code_of(receipt(town), twin) == "T-714"


def test_a_receipt_whose_ballot_is_missing(town: Town, evidence: Evidence) -> None:
    tracker = town.receipt(town.visits[0]).trackers[0]
    gone = receipt(town, trackers=(forge(tracker),))
    verdict = judge(gone, evidence)
    assert verdict.findings[0].code == "T-716"
    assert verdict.sentence == (
        "This ballot is missing from the box of station 06 Saint-Cyprien: keep this receipt, it is evidence "
        "against the station's machine."
    )
    first, second = town.receipt(town.visits[3]).trackers
    assert code_of(receipt(town, 3, trackers=(first, forge(second))), evidence) == "T-716"
    assert code_of(receipt(town, 3, trackers=(second, first)), evidence) == "T-716"
    assert code_of(receipt(town, 3, trackers=(first,)), evidence) == "T-719"


def test_a_check_code_of_another_ballot(town: Town, evidence: Evidence) -> None:
    own = town.receipt(town.visits[3]).check_code
    assert code_of(receipt(town, 3, check_code=own), evidence) is None
    assert code_of(receipt(town, 3, check_code=forge(own)), evidence) == "T-718"


def test_before_the_publication(town: Town, tmp_path: Path) -> None:
    bare = open_evidence(town.publish(tmp_path / "bare", without=lambda path: "/" in path))
    assert code_of(receipt(town), bare) == "T-715"
    assert code_of(forge(receipt(town)), bare) == "T-712"
    assert code_of(town.files["reports/06-1.cose"], bare) == "T-715"
    assert code_of(town.files["results/ville.cose"], bare) == "T-715"
    early = open_evidence(town.publish(tmp_path / "early", without=lambda path: path.endswith("06-4.cose")))
    assert code_of(receipt(town), early) == "T-715"
    assert code_of(town.files["reports/06-4.cose"], early) == "T-715"
    assert code_of(receipt(town, 3), early) is None


def test_a_box_that_is_not_the_one_that_was_closed(town: Town, tmp_path: Path) -> None:
    path = "archives/cyprien.bel"
    fuller = Town()
    fuller.visits.append(fuller.visit(0, 4))
    fuller.visits[-1].cast()
    fuller.count(0)
    stuffed = open_evidence(town.publish(tmp_path, {path: fuller.files[path]}))
    assert code_of(receipt(town), stuffed) == "T-717"
    assert code_of(town.files["reports/06-4.cose"], stuffed) == "T-717"
    assert code_of(town.files["results/cyprien.cose"], stuffed) == "T-724"
    assert code_of(receipt(town, 3), stuffed) is None


def test_a_box_that_was_left_out(town: Town, tmp_path: Path) -> None:
    decision = town.decision(DecisionKind.EXCLUSION, 0)
    left_out = open_evidence(town.publish(tmp_path, {"decisions/exclusion.cose": decision}))
    assert code_of(receipt(town), left_out) == "T-729"
    assert code_of(receipt(town, 3), left_out) is None
    assert code_of(decision, left_out) is None
    assert code_of(town.decision(DecisionKind.EXCLUSION, 1), left_out) == "T-723"
    assert code_of(forge(decision), left_out) == "T-712"
    assert code_of(town.decision(DecisionKind.EXCLUSION, 7), left_out) == "T-719"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_reports(town: Town, elsewhere: Town, evidence: Evidence, number: int) -> None:
    raw = town.files[f"reports/06-{number}.cose"]
    verdict = judge(raw, evidence)
    assert verdict.state is State.HOLDS
    assert verdict.sentence.endswith("it is genuine, and the same as the published one.")
    assert code_of(forge(raw), evidence) == "T-712"
    assert code_of(elsewhere.files[f"reports/06-{number}.cose"], evidence) == "T-713"


def test_a_second_report_by_the_same_machine(town: Town, evidence: Evidence) -> None:
    statement = read_statement(town.files["reports/06-1.cose"])
    zero = ZeroReport.from_content(statement.content, "report")
    other = town.sign(_T.ZERO_REPORT, dataclasses.replace(zero, electors=zero.electors + 1), signer=0)
    assert code_of(other, evidence) == "T-723"


def test_figures_of_a_closing_report(town: Town, evidence: Evidence) -> None:
    reasons = judge(town.files["reports/08-4.cose"], evidence).reasons
    assert "Ballots in the box, in each contest: 3" in reasons
    assert "Electors marked, ballots and signatures on paper are the same number: 3." in reasons


def test_results(town: Town, evidence: Evidence, tmp_path: Path) -> None:
    raw = town.files["results/ville.cose"]
    verdict = judge(raw, evidence)
    assert verdict.sentence == "This is the certified result of Ville, as published."
    assert {"Ville 1: 3 (chosen)", "Ville 2: 0", "Ville 3: 3"} <= set(verdict.reasons)
    assert code_of(forge(raw), evidence) == "T-712"
    result = Result.from_content(read_statement(raw).content, "result")
    liar = town.sign(_T.RESULT, dataclasses.replace(result, totals=(3, 1, 3)))
    assert code_of(liar, evidence) == "T-723"
    swapped = open_evidence(town.publish(tmp_path, {"results/ville.cose": liar}))
    assert code_of(liar, swapped) == "T-724"
    assert code_of(town.sign(_T.RESULT, dataclasses.replace(result, contest=3)), evidence) == "T-719"


def test_publication_manifest_and_others(
    town: Town, elsewhere: Town, root: Path, evidence: Evidence, tmp_path: Path
) -> None:
    raw = (root / "publication.cose").read_bytes()
    assert code_of(raw, evidence) is None
    assert code_of(forge(raw), evidence) == "T-712"
    copy = town.publish(tmp_path)
    (copy / "trackers" / "ville.txt").write_bytes(b"")
    assert code_of(raw, open_evidence(copy)) == "T-728"
    for path in ("manifest.cose", "draft.cose", "enrolments/06.cose", "trustees/trustee-1.cose"):
        assert code_of(town.files[path], evidence) is None, path
        assert code_of(forge(town.files[path]), evidence) in {"T-712", "T-723"}, path
        assert code_of(elsewhere.files[path], evidence) == "T-713", path


def challenged(town: Town, machine: int = 0, **changes: Any) -> bytes:
    content = dataclasses.replace(town.challenge(machine), **changes)
    return town.sign(_T.CHALLENGE, content, signer=machine)


@pytest.mark.parametrize("machine", [0, 1])
def test_an_honest_machine(town: Town, evidence: Evidence, machine: int) -> None:
    verdict = judge(challenged(town, machine), evidence)
    assert verdict.state is State.HOLDS
    assert "told the truth" in verdict.sentence
    style = town.manifest.styles[machine]
    titles = [town.manifest.definition.contests[contest].title["fr"] for contest in style]
    assert [f"{title}: {title} 2, {title} 3" for title in titles] == list(verdict.reasons[: len(style)])
    assert "It is in no published list of ballots." in verdict.reasons


def test_a_machine_that_lies(town: Town, evidence: Evidence) -> None:
    honest = town.challenge(0)
    (ballot,) = honest.ballots
    assert code_of(challenged(town, seed=forge(honest.seed)), evidence) == "T-725"
    assert code_of(challenged(town, commitment=forge(honest.commitment)), evidence) == "T-725"
    shown = dataclasses.replace(ballot, selection=(1, 1, 0))
    assert code_of(challenged(town, ballots=(shown,)), evidence) == "T-725"
    for changes in (
        {"selection": (1, 1, 1)},
        {"selection": (1, 0)},
        {"contest": 1},
        {"credential": bytes(32)},
    ):
        unfit = dataclasses.replace(ballot, **changes)
        assert code_of(challenged(town, ballots=(unfit,)), evidence) == "T-719", changes
    assert code_of(forge(challenged(town)), evidence) == "T-712"


def test_a_blank_challenge(town: Town, evidence: Evidence) -> None:
    blank = town.challenge(0, selection=(0, 0, 0))
    folded = dataclasses.replace(blank, ballots=(dataclasses.replace(blank.ballots[0], selection=()),))
    verdict = judge(town.sign(_T.CHALLENGE, folded, signer=0), evidence)
    assert verdict.state is State.HOLDS
    assert verdict.reasons[0] == "Cyprien: Blank"


def test_the_slip(town: Town, evidence: Evidence) -> None:
    slip = town.challenge(0).commitment[:10]
    assert code_of(challenged(town), evidence, slip) is None
    assert code_of(challenged(town), evidence, forge(slip)) == "T-727"
    assert any(check_code(slip) in reason for reason in judge(challenged(town), evidence).reasons)


@pytest.mark.parametrize("machine", [0, 1])
def test_a_challenge_that_was_counted_is_fraud(town: Town, evidence: Evidence, machine: int) -> None:
    cast = town.challenge(machine, 0, label="vote", selection=(1, 0, 1))
    assert cast.commitment == town.visits[machine * 3].commitment
    verdict = judge(town.sign(_T.CHALLENGE, cast, signer=machine), evidence)
    assert verdict.findings[0].code == "T-726"
    assert verdict.sentence.startswith("FRAUD: ")


def test_a_challenge_says_nothing_of_lists_that_are_not_there(town: Town, tmp_path: Path) -> None:
    early = open_evidence(town.publish(tmp_path, without=lambda path: path.startswith("archives/")))
    verdict = judge(challenged(town), early)
    assert verdict.state is State.HOLDS
    assert any("not published yet" in reason for reason in verdict.reasons)
    assert "not counted" not in verdict.sentence


def test_alone_a_paper_is_read_and_not_believed(town: Town) -> None:
    raws = [receipt(town), challenged(town), *town.files.values()]
    for raw in raws:
        if raw.startswith(b"\xd2"):
            verdict = judge(raw, None)
            assert verdict.state is State.UNCHECKED
            assert "NOT checked" in verdict.sentence
    empty = Challenge(bytes(32), bytes(32), town.challenge(0).ballots)
    assert (
        judge(town.sign(_T.CHALLENGE, empty, signer=0), None)
        .reasons[0]
        .startswith("contest number 1: option")
    )


def test_a_folder_that_does_not_hold_together(town: Town, tmp_path: Path) -> None:
    broken = {"reports/06-1.cose": forge(town.files["reports/06-1.cose"])}
    with pytest.raises(Refused) as refused:
        open_evidence(town.publish(tmp_path / "report", broken))
    assert refused.value.code == "V-102"
    with pytest.raises(Refused) as refused:
        open_evidence(town.publish(tmp_path / "poster"), bytes(32))
    assert refused.value.code == "V-119"
    damaged = {"archives/cyprien.bel": forge(town.files["archives/cyprien.bel"], -3000)}
    archive = open_evidence(town.publish(tmp_path / "archive", damaged))
    finding = code_of(receipt(town), archive)
    assert finding is not None
    assert finding.startswith("V-3")
    assert code_of(receipt(town, 3), archive) is None
