"""From what schools asked for to a proposal of seminars. Nothing here reads or writes rows."""
