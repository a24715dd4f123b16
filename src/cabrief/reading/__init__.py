"""YAML to data with positions, and data to records."""
