"""Doors to the outside: imports, landing pages, dashboards."""
