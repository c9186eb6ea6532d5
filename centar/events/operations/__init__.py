"""The only writers of events, bookings and queues.

`bookings` is what a person or the staff do with one booking; `turns` is what the staff do with
the queue; `schedule` is the life of the event itself; `calendars` are the private feed addresses.
`attendance` is who was there, `walk_ins` are people at the door.
Each call is one transaction: lock, look again, write, audit, letters.
"""
