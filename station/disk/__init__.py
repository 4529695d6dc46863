"""What lies on the machine's disk: the file of the store, how it is made, written and read back."""
