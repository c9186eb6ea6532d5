"""Letters to assessors and chairs; authors get none from here, and never learn who is late.

All are secret: which things somebody assesses is nobody's to read in the back office, where an
author or a colleague from the author's school may work. Subjects name no thing.
"""
