"""The readiness check: facts of the machine, and what they mean for the opening."""
