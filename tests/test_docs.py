"""The documentation is run: Python examples, and commands that the README names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
EXAMPLES = [
    (path.name, number, code)
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for number, code in enumerate(PYTHON.findall(path.read_text("utf-8")), start=1)
]


@pytest.mark.parametrize(("name", "number", "code"), EXAMPLES)
def test_python_examples_run(
    name: str, number: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(code, f"{name} example {number}", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_there_are_at_least_three_examples() -> None:
    assert len([name for name, _, _ in EXAMPLES if name == "python.md"]) >= 3


def test_every_command_of_the_readme_exists() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\$ detente (\w+)", text, re.MULTILINE))
    assert named
    assert named <= set(cli.commands)


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in cli.commands if f"detente {name}" not in text] == []


def test_links_of_the_documentation_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
