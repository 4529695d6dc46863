"""The sub-commands of `tally`, in the order of a vote."""
