"""Pabulib's .pb format, written: with the votes counted and, after a count, what is funded."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from tally.count.files.pb import PbFile
from tally.count.outcome import Outcome

__all__ = ["write_pb"]


def write_pb(file: PbFile, outcome: Outcome | None = None, changes: Mapping[str, str] | None = None) -> str:
    """Write a file that `read_pb` and other readers accept.

    Args:
        file: Projects and ballots.
        outcome: Its count, to fill the column `selected` (1 funded, 0 not).
        changes: META fields to set, such as `rule`.
    """
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = {**file.meta, **(changes or {})}
    meta |= {"num_projects": str(len(file.projects)), "num_votes": str(len(file.voters))}
    rows.writerows([["META"], ["key", "value"], *([key, value] for key, value in meta.items())])
    rows.writerow(["PROJECTS"])
    pointed = any(voter.points is not None for voter in file.voters)
    headings = [
        "project_id",
        "cost",
        "votes",
        *(["score"] if pointed else []),
        "name",
        "category",
        "district",
    ]
    rows.writerow([*headings, "selected"] if outcome else headings)
    funded = set(outcome.winners) if outcome else set()
    columns = zip(file.projects, file.votes(), file.points(), strict=True)
    for index, (project, votes, points) in enumerate(columns):
        row = [project.id, project.cost, votes, *([points] if pointed else [])]
        row += [project.name, project.category, project.district]
        rows.writerow([*row, int(index in funded)] if outcome else row)
    rows.writerow(["VOTES"])
    rows.writerow(["voter_id", "vote", "points"] if pointed else ["voter_id", "vote"])
    for voter in file.voters:
        ids = ",".join(file.projects[option].id for option in voter.approvals)
        points_given = [",".join(str(points) for points in voter.points or ())] if pointed else []
        rows.writerow([voter.voter_id, ids, *points_given])
    return out.getvalue()
