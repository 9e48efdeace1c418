"""Strict readers for environment variables: an odd value stops the start with a clear text instead of being guessed.

Every variable is also read from `<NAME>_FILE`, the path of a file that holds the value, so that secrets need not
stand in the environment. An empty value counts as absent.
"""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class Env:
    """Typed access to one mapping of variables."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name, "").strip()
        path = self._values.get(f"{name}_FILE", "").strip()
        if value and path:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
        if path:
            value = _content(f"{name}_FILE", Path(path))
        return value or default

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ImproperlyConfigured(
                f"{name} must be a whole number from {least} to {most}, not {value!r}."
            )
        return int(value)

    def items(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """Comma-separated values, blanks removed."""
        value = self.text(name)
        return [item.strip() for item in value.split(",") if item.strip()] or list(default)

    def choice(self, name: str, default: str, among: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in among:
            raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
        return value

    def base_url(self, name: str, default: str) -> str:
        """An http(s) address without path, without the closing slash."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path):
            raise ImproperlyConfigured(
                f"{name} must look like https://praktikum.example, not {value!r}."
            )
        return value

    def database(self, name: str) -> dict[str, object] | None:
        """Django's PostgreSQL settings from postgres://user:password@host:port/name?host=/socket/folder."""
        value = self.text(name)
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise ImproperlyConfigured(
                f"{name} must begin with postgres://. Without it, SQLite in the data folder is used."
            )
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", unquote(parts.hostname or ""))
        if not parts.path.strip("/"):
            raise ImproperlyConfigured(f"{name} names no database.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }


def _content(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be read: {error}") from error


def kept_secret(path: Path) -> str:
    """The secret in this file; made on the first start, readable by the owner alone.

    Linked into place only when complete, so that two workers starting together agree on one secret.
    """
    if path.exists():
        return _content(path.name, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path.name} cannot be kept: {error}. "
            "Set WERKPFAD_DATA to a folder that can be written to."
        ) from error
    return _content(path.name, path)
