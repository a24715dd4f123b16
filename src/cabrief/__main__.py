"""`python -m cabrief` is the same as `cabrief`."""

from cabrief.cli import main

main()
