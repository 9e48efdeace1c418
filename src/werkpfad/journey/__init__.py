"""The way of a placement: offers, applications, rounds, placements."""
