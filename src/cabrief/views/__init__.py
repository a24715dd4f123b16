"""One module per report: a question put to the fact base, answered with a `Document`."""
