"""What the worker does for the needs survey."""
