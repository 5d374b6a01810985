"""Checks of the YAML files: that they are YAML, and that no key or word stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from detente.knowledge.checks.finding import Finding
from detente.knowledge.tables import yaml_nodes


def check_tree(text: str, file: str) -> Iterator[Finding]:
    """Yield what is wrong with a YAML file: a second key of one name silently wins."""
    try:
        root = yaml_nodes(text)
    except yaml.YAMLError as error:
        yield Finding(file, _line(getattr(error, "problem_mark", None)), "yaml", _reason(error))
        return
    for node in nodes(root):
        if isinstance(node, yaml.MappingNode):
            yield from _twice([key for key, _ in node.value], file, "same-key")
        elif isinstance(node, yaml.SequenceNode):
            yield from _twice(node.value, file, "repeated-value")


def nodes(root: Any) -> Iterator[Any]:
    """Yield a node and all below it, in the order of the file."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in reversed(node.value) for part in reversed(pair))
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))


def _twice(found: list[Any], file: str, rule: str) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for node in found:
        if isinstance(node, yaml.ScalarNode):
            line = _line(node.start_mark)
            if node.value in lines:
                told = f"'{node.value}' stands also in line {lines[node.value]}"
                yield Finding(file, line, rule, told, node.value)
            lines.setdefault(node.value, line)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark is not None else 1


def _reason(error: yaml.YAMLError) -> str:
    return " ".join(str(getattr(error, "problem", None) or error).split())
