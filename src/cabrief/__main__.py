"""Where a command begins and ends: `cabrief` and `python -m cabrief` both come here.

An interrupt ends it at once, from here on: an exception could be raised in the midst of an import, where it is printed and
forgotten. Writing a file is not interrupted; see `files`. The collector of cyclic garbage is kept still: a command makes little
garbage and lives for a twentieth of a second, of which collections while importing would take a sixth.
"""

import os

INTERRUPTED = 130

try:
    import gc
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where a shell has it ignored
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
except KeyboardInterrupt:
    os._exit(INTERRUPTED)


def run() -> None:
    """Run the command line."""
    gc.disable()
    from cabrief.cli.postponed import postpone

    postpone()
    from cabrief.cli.application import main
    from cabrief.cli.streams import finish, secure_streams

    secure_streams()
    try:
        main()
    except SystemExit as end:
        finish(end.code)


if __name__ == "__main__":
    run()
