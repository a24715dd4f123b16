"""The page that each subject has by default: the answer first, then what carries it, within a screen or two."""
