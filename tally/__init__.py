"""What the returning officer and the observer run: merge, count, certify, publish, verify."""
