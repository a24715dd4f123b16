"""For assistants: the library as tools, resources and prompts of an MCP server."""
