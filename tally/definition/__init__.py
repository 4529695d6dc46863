"""The parts of the definition file: a table that knows its place, what stands in it, how it is written."""
