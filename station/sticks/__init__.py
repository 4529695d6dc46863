"""What goes to a stick, the copy of the day and the box, and what a spare takes on from it."""
