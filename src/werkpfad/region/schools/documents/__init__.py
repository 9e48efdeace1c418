"""What a school prints: sign-in cards, letters to guardians, class lists."""

from werkpfad.region.schools.documents.class_list import ClassList, ClassListRow, class_list
from werkpfad.region.schools.documents.codes import NoPersonalCode, grouped, link_with_code
from werkpfad.region.schools.documents.guardian_letters import (
    GuardianLetter,
    GuardianLetters,
    guardian_letters,
)
from werkpfad.region.schools.documents.sign_in_cards import SignInCard, SignInCards, sign_in_cards

__all__ = [
    "ClassList",
    "ClassListRow",
    "GuardianLetter",
    "GuardianLetters",
    "NoPersonalCode",
    "SignInCard",
    "SignInCards",
    "class_list",
    "grouped",
    "guardian_letters",
    "link_with_code",
    "sign_in_cards",
]
