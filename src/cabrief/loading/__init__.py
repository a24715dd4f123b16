"""Which fact files there are, and how they become a build."""
