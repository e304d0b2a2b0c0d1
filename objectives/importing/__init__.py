"""Reads acts from the files offices have: text, .docx, born-digital PDF, exchange JSON. Pure: bytes in, facts out."""
