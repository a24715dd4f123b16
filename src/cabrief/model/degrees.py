"""Degrees of a place on a map, as the fact files write them."""

from __future__ import annotations

from typing import Annotated, Any

from cabrief.model.fields import Rule, read_number, unexpected


def read_latitude(value: Any) -> float:
    """Read degrees north, -90 to 90."""
    return _degrees(value, 90)


def read_longitude(value: Any) -> float:
    """Read degrees east, -180 to 180."""
    return _degrees(value, 180)


def _degrees(value: Any, most: int) -> float:
    # no Decimal, which only figures need: every start reads the pack with its places
    number = float(read_number(value))
    if not -most <= number <= most:
        raise unexpected(value, f"degrees from -{most} to {most}", f"-{most}から{most}の度")
    return number


def _degrees_json(most: int, less: str) -> dict[str, Any]:
    pattern = rf"^-?0{{0,15}}(?:{most}(?:\.0{{1,18}})?|(?:{less})(?:\.[0-9]{{1,18}})?)$"
    return {"type": ["number", "string"], "pattern": pattern, "minimum": -most, "maximum": most}


Latitude = Annotated[float, Rule(read_latitude, {**_degrees_json(90, "[0-8]?[0-9]"), "examples": [43.65]})]
Longitude = Annotated[
    float, Rule(read_longitude, {**_degrees_json(180, "(?:1[0-7]|[0-9])?[0-9]"), "examples": [51.15]})
]
