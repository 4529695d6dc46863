"""What people decide about a count: checked before it is signed."""
