"""The reports: one module each, from an open base and a day to a document."""
