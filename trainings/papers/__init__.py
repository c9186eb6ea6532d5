"""Papers made of tables: the yearly report, the personal plan, a school's overview.

`content` says what stands in them, once; each of the other modules writes that in one format.
"""
