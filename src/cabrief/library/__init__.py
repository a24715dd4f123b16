"""The library: the one way in, for notebooks and programs as for the commands. What is public is in `cabrief.__all__`."""
