"""Files of people, pairs and numbers, read cell by cell; the door is :mod:`matcher.tables`."""
