"""Shared user interface: components, forms, tables and the small helpers every view uses."""
