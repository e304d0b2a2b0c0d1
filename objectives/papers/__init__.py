"""The papers of an act: its text, the table of its variations, its sheets, as .docx and as one PDF."""
