"""Compares the certified totals with the `votes` column that the city published, project by project."""

from __future__ import annotations

import json
from collections.abc import Sequence

from demonstration.commands import Commands, say
from demonstration.neighbourhoods import Place

__all__ = ["compare"]


def compare(commands: Commands, places: Sequence[Place]) -> bool:
    """Compare the published results.json with the files; say how many projects are equal."""
    say("Compare with the totals that the city of Toulouse published")
    results = json.loads((commands.out / "public" / "results.json").read_text(encoding="utf-8"))
    certified = {
        option["id"]: option["votes"] for contest in results["contests"] for option in contest["options"]
    }
    projects = [project for place in places for project in place.votes.projects]
    different = [project.id for project in projects if certified.get(project.id) != project.votes]
    ballots = sum(len(place.votes.voters) for place in places)
    votes = sum(certified.values())
    print(f"   {ballots} ballots, {len(projects)} projects, {votes} votes.")
    if different or len(certified) != len(projects):
        print(f"   DIFFERENT: projects {', '.join(different)}")
        return False
    print(f"   All {len(projects)} certified totals equal the published ones.")
    return True
