"""Pages of the surveys: answering, and what staff see."""
