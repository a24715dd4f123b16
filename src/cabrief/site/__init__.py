"""All that is known as a folder of pages, in both languages, with links between them and a search that needs no server."""
