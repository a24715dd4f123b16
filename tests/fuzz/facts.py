"""Coverage-guided fuzzing of everything between a fact file's bytes and its problems.

    pip install atheris && python tests/fuzz/facts.py -runs=100000 CORPUS

Whatever the bytes: no exception, and problems that print as plain text.
"""

import sys

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief import nodes, schema
    from cabrief.problems import Problem


def one(raw: bytes) -> None:
    """Read bytes as a fact file."""
    read = nodes.read(raw, "x.yaml")
    problems: list[Problem] = list(read.problems)
    list(schema.records(read, "fuzz", problems))
    for problem in problems:
        if not (problem.words("en").isprintable() and problem.words("ja").isprintable()):
            raise AssertionError(problem)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
