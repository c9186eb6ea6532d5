"""Who may do what with proposals, and the sentence of a "no"."""
