"""Every change of panels, assignments and assessments.

All begin with `locks.lock_panel`: one lock a panel, so that whatever is checked (an open item,
free seats, fixed criteria, the last assessment) is still so when it is written.
"""
