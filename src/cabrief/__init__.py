"""Sourced briefs on Japan's relations with Central Asia."""

__version__ = "0.1.0"
