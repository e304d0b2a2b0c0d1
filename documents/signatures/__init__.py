"""Documents signed elsewhere and brought back: is it the same document, intact, signed by whom and when."""
