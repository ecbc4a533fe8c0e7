"""What ``dev/bench`` does: makes a database of a given size and measures it."""
