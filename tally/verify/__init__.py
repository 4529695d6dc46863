"""Verification of a public folder by anybody: no secret, no database, no network, no trust in its authors.

The numbered list of what is checked is `tally.verify.steps.STEPS`. A step that fails hides none of the later ones
that can still be checked. Nothing shows that the papers come from the town but the fingerprint given from outside.
"""

from tally.verify.folder import verify_folder
from tally.verify.report import ContestSummary, OptionSummary, Report, Status, Step
from tally.verify.telling import report_json, report_text

__all__ = [
    "ContestSummary",
    "OptionSummary",
    "Report",
    "Status",
    "Step",
    "report_json",
    "report_text",
    "verify_folder",
]
