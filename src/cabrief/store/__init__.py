"""The build: a SQLite file, written once and read by every command."""
