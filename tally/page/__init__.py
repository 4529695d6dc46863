"""`index.html` of the public folder: results to read, and codes to check, in one page without a network.

A pure function of the papers, the count and the digests of the other files, so that `tally verify` writes it again
and compares. Its style and its program stand in files of their own beside this one and are put into the page whole.
"""

from tally.page.data import PageBallot, data_block, read_ballots
from tally.page.page import page

__all__ = ["PageBallot", "data_block", "page", "read_ballots"]
