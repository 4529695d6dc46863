"""The parts of a town's list of electors: headings, sheet, values of its lines."""
