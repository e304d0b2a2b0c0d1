"""The Relazione sulla performance of a year: what it says, laid out as .docx and as PDF."""
