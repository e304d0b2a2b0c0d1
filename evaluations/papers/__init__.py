"""The papers of a year: the results as a spreadsheet, the Relazione."""
