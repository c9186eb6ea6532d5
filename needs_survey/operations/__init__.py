"""Every change of state of the needs survey."""
