"""For whoever keeps facts: warnings, evidence, skeletons, JSON Schema."""
