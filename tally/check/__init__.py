"""`tally check`: one receipt, report, challenge, result or code, from whatever it came on, and a plain answer.

Nothing here needs a secret or a database. What is not in the public folder is not believed; what is there is
believed only as far as signatures and digests carry it (`tally verify` checks the rest).
"""

from tally.check.answer import answer_json, answer_text
from tally.check.checking import check_items
from tally.check.evidence import Evidence, open_evidence
from tally.check.reading import MAX_TEXT, Item, Typed, read_sources
from tally.check.verdict import State, Verdict

__all__ = [
    "MAX_TEXT",
    "Evidence",
    "Item",
    "State",
    "Typed",
    "Verdict",
    "answer_json",
    "answer_text",
    "check_items",
    "open_evidence",
    "read_sources",
]
