"""Keeping the region going: figures and reports."""
