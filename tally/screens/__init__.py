"""The screens of the returning officer; what they do is in the use cases that the commands call."""
