"""The facts as tables for other programs: what the tables hold, and one module per format."""
