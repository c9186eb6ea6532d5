"""Pages of the needs survey."""
