"""The fact base on a full screen: what there is on the left, the page on the right; and the same as a plain dialogue."""
