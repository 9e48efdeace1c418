"""Werkpfad, the platform of a region's schools and companies."""
