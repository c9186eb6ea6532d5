"""The needs survey in the back office."""
