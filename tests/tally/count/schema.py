"""A JSON schema checked with the few words that the published schema uses."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["check"]

_KINDS: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_WORDS = {
    "$schema", "$ref", "$defs", "title", "description", "type", "enum", "required", "additionalProperties",
    "properties", "items", "minimum", "pattern",
}  # fmt: skip


def check(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> None:
    """Raise ValueError, with the path, if a value does not follow the schema, or the schema uses another word."""
    if unknown := set(schema) - _WORDS:
        raise ValueError(f"{path}: the schema uses {unknown}")
    if "$ref" in schema:
        check(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path)
    if "enum" in schema and value not in schema["enum"]:
        raise ValueError(f"{path}: {value!r} is none of {schema['enum']}")
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        fitting = [kind for kind in kinds if isinstance(value, _KINDS[kind])]
        if not fitting or (isinstance(value, bool) and "boolean" not in fitting):
            raise ValueError(f"{path}: {value!r} is no {kinds}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        raise ValueError(f"{path}: {value!r} does not fit {schema['pattern']}")
    if "minimum" in schema and value < schema["minimum"]:
        raise ValueError(f"{path}: {value} is below {schema['minimum']}")
    if isinstance(value, dict):
        _object(value, schema, root, path)
    for index, item in enumerate(value if isinstance(value, list) and "items" in schema else []):
        check(item, schema["items"], root, f"{path}[{index}]")


def _object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> None:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", []):
        if name not in value:
            raise ValueError(f"{path}: {name} is missing")
    for name, item in value.items():
        if name in properties:
            check(item, properties[name], root, f"{path}.{name}")
        elif more is False:
            raise ValueError(f"{path}: {name} is not in the schema")
        elif isinstance(more, dict):
            check(item, more, root, f"{path}.{name}")
