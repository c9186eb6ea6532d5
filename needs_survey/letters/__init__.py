"""Letters of the needs survey."""
