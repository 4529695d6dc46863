"""The two ways to draw a question: what screens and plain lines share, and the plain lines."""
