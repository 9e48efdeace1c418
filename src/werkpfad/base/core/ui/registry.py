"""The component registry: a component is a typed, keyword-only function plus a template.

The function's signature *is* the list of allowed props. A prop that the function does not know, a required
prop that is missing, or a value outside a ``Literal`` is an error, never a silently empty attribute.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Builder = Callable[..., dict[str, Any]]


class ComponentError(Exception):
    """A component was used in a way its signature does not allow."""


@dataclass(frozen=True)
class Component:
    """``build`` turns props into the template's context; ``slots`` are the named blocks it accepts."""

    name: str
    template: str
    build: Builder
    slots: tuple[str, ...]
    takes_content: bool
    parameters: Mapping[str, inspect.Parameter]
    choices: Mapping[str, tuple[object, ...]]

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the props without a default."""
        return tuple(
            name for name, p in self.parameters.items() if p.default is inspect.Parameter.empty
        )

    def check_names(self, props: Iterable[str], slots: Iterable[str] = ()) -> None:
        """Raise ComponentError for unknown or missing prop names and unknown slots."""
        given = set(props)
        if unknown := sorted(given - set(self.parameters)):
            raise ComponentError(
                f"{self.name}: unknown prop {unknown[0]!r}, allowed: {', '.join(self.parameters)}"
            )
        if missing := [name for name in self.required if name not in given]:
            raise ComponentError(f"{self.name}: prop {missing[0]!r} is required")
        if foreign := sorted(set(slots) - set(self.slots)):
            raise ComponentError(f"{self.name}: unknown slot {foreign[0]!r}")

    def context(self, props: Mapping[str, Any]) -> dict[str, Any]:
        """The template's context. A prop that resolved to None counts as not given."""
        given = {name: value for name, value in props.items() if value is not None}
        # Names were checked when the template was compiled; only an empty variable can take a required one away.
        if any(name not in given for name in self.required):
            self.check_names(given)
        for name, allowed in self.choices.items():
            if name in given and given[name] not in allowed:
                raise ComponentError(f"{self.name}: {name}={given[name]!r} is none of {allowed}")
        return self.build(**given)


_components: dict[str, Component] = {}


def component(
    name: str, *, slots: tuple[str, ...] = (), content: bool = False
) -> Callable[[Builder], Builder]:
    """Register the decorated function as component ``name`` with the template ``core/ui/<name>.html``."""

    def register(build: Builder) -> Builder:
        if name in _components:
            raise ComponentError(f"{name}: registered twice")
        hints = get_type_hints(build)
        parameters = dict(inspect.signature(build).parameters)
        choices = {key: allowed for key in parameters if (allowed := _literals(hints[key]))}
        _components[name] = Component(
            name=name,
            template=f"core/ui/{name}.html",
            build=build,
            slots=slots,
            takes_content=content,
            parameters=parameters,
            choices=choices,
        )
        return build

    return register


def find(name: str) -> Component:
    """The component called ``name``; raises ComponentError when there is none."""
    try:
        return _components[name]
    except KeyError:
        raise ComponentError(
            f"there is no component {name!r}, known: {', '.join(sorted(_components))}"
        ) from None


def all_components() -> list[Component]:
    """Every registered component, by name."""
    return [_components[name] for name in sorted(_components)]


def _literals(hint: object) -> tuple[object, ...]:
    """Allowed values of ``Literal[...]`` or ``Literal[...] | None``; empty for any other type."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return tuple(value for part in get_args(hint) for value in _literals(part))
    return ()
