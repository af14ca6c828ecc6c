"""Responses from elsewhere: files as tables, their shapes, what their columns mean. Plain Python."""
