"""Plain values: keyword arguments in, attributes out, nothing to change afterwards.

A standard dataclass compiles its methods anew for every class, 0.4 ms each; thirty of them cost a warm command more than
everything else it does. A `Frozen` class declares its fields in the same way, and mypy reads it as a frozen dataclass, but
its four methods are written once, here.
"""

from collections.abc import Iterable
from typing import Any, Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Frozen:
    """Base of the value classes: annotated fields, defaults as class attributes."""

    LISTED_BY = (
        ""  # the field by which one of several in a list is known, where their order alone does not tell them apart
    )
    ORDERED = True  # whether the order of several in a list means something

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __setattr__(self, name: str, _: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be removed")

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(other) is type(self)
            and all(written_alike(getattr(self, name), getattr(other, name)) for name in field_names(type(self)))
        )

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in field_names(type(self))))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({shown})"

    def but(self, **fields: Any) -> Self:
        """The same value with other fields."""
        return type(self)(**{**self.__dict__, **fields})


def written_alike(one: Any, other: Any) -> bool:
    """Whether two values of a field are written alike: true is not 1, and 3.5 not 3.50."""
    return one == other and (isinstance(one, (str, tuple, dict, Frozen)) or str(one) == str(other))


def field_names(cls: type[Frozen]) -> list[str]:
    """Names of a class's fields, in the order of their declaration, bases first; constants are no fields."""
    return [
        name
        for base in reversed(cls.__mro__)
        for name in base.__dict__.get("__annotations__", ())
        if not name.isupper()
    ]


def numbered(names: Iterable[str]) -> list[str]:
    """Names with those that came before numbered, so that each is there once: `a`, `b`, `a-2`."""
    found: dict[str, None] = {}
    next_number: dict[str, int] = {}
    for name in names:
        each, number = name, next_number.get(name, 2)
        while each in found:
            each, number = f"{name}-{number}", number + 1
        found[each], next_number[name] = None, number
    return list(found)
