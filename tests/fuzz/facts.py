"""Coverage-guided fuzzing of everything between a fact file's bytes and its problems on a screen.

    pip install atheris && python tests/fuzz/facts.py -runs=100000 CORPUS

`corpus/` keeps what it found. Whatever the bytes: no exception, and problems that print as plain text, with the lines that they are about.
"""

import re
import sys

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.language.text import UNPRINTABLE
    from cabrief.problems.printing import HowProblems, as_excerpts
    from cabrief.problems.problem import Problem, together
    from cabrief.reading import nodes, records

HOW = HowProblems(width=60)


def one(raw: bytes) -> None:
    """Read bytes as a fact file and as a pack, and print what is wrong with them."""
    for parse in (records.read_records, records.read_pack):
        read = nodes.read(raw, "x.yaml")
        problems: list[Problem] = list(read.problems)
        if parse is records.read_records:
            list(records.read_records(read, "fuzz", problems))
        else:
            records.read_pack(read, problems)
        told = together(problems)
        for problem in told:
            if re.search(UNPRINTABLE, problem.words("en") + problem.words("ja")):
                raise AssertionError(problem)
        for line in as_excerpts(told, {"x.yaml": raw}, HOW).split("\n"):
            if re.search(UNPRINTABLE, line):
                raise AssertionError(line)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
