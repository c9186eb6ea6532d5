"""Reading bank statements: whatever the file is, a list of entries comes out."""
