"""A sheet as a PDF that shows what changed: the form with the new words in bold, or both texts side by side.

"Modificazioni evidenziate in grassetto" is what deliberation G.C. 100/2022 of the Comune di Caluso promises of its
sheets. Such a PDF is made of two versions, so it is no version's own file (R35): it is made when somebody asks for it.
"""

from objectives.pdf_changes.printing import render_facing, render_sheet_with_changes

__all__ = ["render_facing", "render_sheet_with_changes"]
