"""Where a command begins and ends: `cabrief` and `python -m cabrief` both come here.

The collector of cyclic garbage is kept still from the first import to the exit. A command makes little garbage and lives
for a twentieth of a second, of which collections while importing, and the last one while exiting, would take a sixth.
"""

import gc


def run() -> None:
    """Run the command line."""
    gc.disable()
    try:
        from cabrief.cli.application import main

        main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
