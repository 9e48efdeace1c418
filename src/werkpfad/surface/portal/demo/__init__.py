"""A fictional county to try Werkpfad in: real places, generated persons, invented companies, a fixed seed."""
