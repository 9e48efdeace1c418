"""Which school year a page shows."""

from django.http import HttpRequest


def year_asked(request: HttpRequest, years: list[int], *, usual: int) -> int:
    """The school year of `?jahr=` if there is one to see; else the usual one; else the newest."""
    text = request.GET.get("jahr", "")
    if text.isdecimal() and int(text) in years:
        return int(text)
    return usual if usual in years or not years else years[0]
