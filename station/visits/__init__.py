"""One visit of one voter, without a screen, a disk or a clock."""
