"""What a rank list's buttons mean."""

from collections.abc import Sequence


def reordered(keys: Sequence[str], command: str) -> list[str]:
    """The order after ``up:<key>``, ``down:<key>``, ``remove:<key>`` or ``order:<key>,<key>,...``.

    Unknown keys and commands change nothing; an ``order`` must name exactly the present keys.
    """
    verb, _, argument = command.partition(":")
    order = list(keys)
    if verb == "order":
        wanted = argument.split(",")
        return wanted if sorted(wanted) == sorted(order) else order
    if argument not in order:
        return order
    place = order.index(argument)
    if verb == "remove":
        order.pop(place)
    elif verb == "up" and place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    elif verb == "down" and place < len(order) - 1:
        order[place + 1], order[place] = order[place], order[place + 1]
    return order
