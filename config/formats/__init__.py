"""Dates where Django's own form is not the one that readers of the language expect."""
