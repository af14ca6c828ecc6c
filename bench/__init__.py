"""What the product costs, measured beside floors in the same run; `make bench` runs it."""
