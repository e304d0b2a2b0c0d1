"""Sheets in files that offices own: a workbook that the program makes and reads back, and Word files to read.

What a file says becomes what a person types into the drafting form (objectives.forms), so the rules are the form's;
drafts come about and change by the deeds (objectives.workflow).
"""
