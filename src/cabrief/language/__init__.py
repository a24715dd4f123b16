"""Words in both languages: text, dates, numbers and units, and how they break into lines."""
