"""Who may do what in the needs survey, and the sentence of a "no"."""
