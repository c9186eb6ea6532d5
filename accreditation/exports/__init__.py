"""A submitted version as files in the order in which the institute asks for it."""
