"""Input of the needs survey."""
