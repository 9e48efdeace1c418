"""German words made comparable: Bäcker, Baecker and Bäckerin give the same token.

Both databases index these tokens instead of the raw text, so a search finds the same rows on both.
"""

import re
import threading
import unicodedata

import Stemmer

MAX_WORDS = 8
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


def search_tokens(words: str) -> list[str]:
    """The first words as index tokens: letters and digits only, so nothing can be read as query syntax."""
    return [token for token in tokens(words) if token.isalnum()][:MAX_WORDS]


def fts5_query(words: str) -> str:
    """All words must occur, the last one may be the beginning of a word; empty without a usable word."""
    found = search_tokens(words)
    if not found:
        return ""
    return " AND ".join([f'"{token}"' for token in found[:-1]] + [f'"{found[-1]}"*'])


def tsquery(words: str) -> str:
    """The same for PostgreSQL's to_tsquery('simple', ...)."""
    found = search_tokens(words)
    return " & ".join([*found[:-1], f"{found[-1]}:*"]) if found else ""
