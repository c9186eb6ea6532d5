"""What the worker does for the library."""
