"""Asks feelin and engine.feel many random questions and prints what they answer differently.

    python -m tests.prove.feel_differential [COUNT] [FIRST_SEED]

The exit code is 1 when there is a difference. The suite asks the first 2 000.
"""

import sys

from tests.feel.differential.feelin import differences, questions

BLOCK = 20_000


def main(count: int = 100_000, first: int = 0) -> int:
    """Compare *count* questions; return the exit code."""
    found = 0
    for start in range(first, first + count, BLOCK):
        seeds = range(start, min(start + BLOCK, first + count))
        for each in differences(questions(seeds)):
            found += 1
            sys.stdout.write(f"{dict(each.question)}\n ours: {each.ours}\n feelin: {each.theirs}\n")
    sys.stdout.write(f"{found} differences in {count} questions\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
