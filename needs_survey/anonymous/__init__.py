"""What keeps a teacher's answer apart from the teacher: codes, seals and crowds."""
