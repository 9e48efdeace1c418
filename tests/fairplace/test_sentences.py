"""Every reason can be said to every reader in both languages, and names nobody."""

from __future__ import annotations

import pytest

from fairplace import Code, Person, Problem, Slot, Wish, solve_block
from fairplace.sentences import Language, Reader, overall, sentence
from fairplace.solution import Move, Reason, WishReason


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_sentence(code: Code, reader: Reader, language: Language) -> None:
    change = (("wishes", 3), ("equity 2", 1))
    row = WishReason("s", 2, code, 4, 9, change, (Move("Erika M.", "s", None),))
    text = sentence(
        row, Reason("p", code, 7, 30), place="Tischlerei", reader=reader, language=language
    )
    assert text.startswith("Tischlerei: ")
    assert text.endswith(".")
    assert "{" not in text
    assert "Erika M." not in text
    assert "{" not in overall(Reason("p", code, 7, 30), reader=reader, language=language)


def test_the_draw_is_told_with_its_number() -> None:
    people = tuple(Person(f"p{i}") for i in range(3))
    wishes = tuple(Wish(person.id, "s", 1) for person in people)
    solution = solve_block(Problem(people, (Slot("s", 1),), wishes), seed=1)
    reason = solution.reasons[solution.unplaced[0]]
    text = sentence(reason.wishes[0], reason, place="Zoo")
    assert f"Losnummer war {reason.lottery} von 3" in text
    judge = sentence(
        reason.wishes[0], reason, place="Zoo", reader=Reader.JUDGE, language=Language.EN
    )
    assert "one seat, wanted by 3 people" in judge
    assert "order of the draw" in judge
