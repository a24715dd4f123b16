"""The command line: arguments in, text and an exit code out."""

COMPLETION = "_CABRIEF_COMPLETE"  # the variable by which a shell asks what to offer
