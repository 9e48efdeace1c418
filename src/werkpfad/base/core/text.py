"""German words made comparable: Bäcker, Baecker and Bäckerin give the same token.

Both databases index these tokens instead of the raw text, so a search finds the same rows on both.
"""

import re
import threading
import unicodedata

import Stemmer

_WORD = re.compile(r"\w+")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_local = threading.local()


def _stem(word: str) -> str:
    # PyStemmer objects keep state and must not be shared between threads.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("german")
    return str(_local.stemmer.stemWord(word))


def tokens(text: str) -> list[str]:
    """Stemmed, folded words in order; digits stay as they are."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [_strip_accents(_stem(word).translate(_FOLD)) for word in words]


def _strip_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def search_text(*parts: str) -> str:
    """What is stored in a search column: the tokens of all parts, space-separated."""
    return " ".join(tokens(" ".join(part for part in parts if part)))


def same_name_key(name: str) -> str:
    """A name without spelling variance of spaces, punctuation and umlauts; for keys, never shown."""
    folded = unicodedata.normalize("NFC", name).lower().translate(_FOLD)
    return "".join(_WORD.findall(_strip_accents(folded)))
