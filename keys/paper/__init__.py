"""What is printed: codes and pages."""
