"""Pictures of a plan: SVG text from plain values, for pages and for PDF. Pure.

Each function takes what it shows as frozen dataclasses, and `key`, which makes the ids of a picture unique in its
document, and `width` in units of about a pixel: NARROW puts each name above its bar, WIDE beside it. No picture says
anything by colour alone: values are written, and what differs has a pattern. A table beside says the same.
"""

from evaluations.charts.drawing import NARROW, WIDE, Svg
from evaluations.charts.months import Calendar, calendar, months_bar, months_head, months_said, shared
from evaluations.charts.progress import SectorProgress, progress_chart
from evaluations.charts.results import SheetResult, results_chart
from evaluations.charts.weights import SectorWeights, WeightPiece, weights_chart

__all__ = [
    "NARROW",
    "WIDE",
    "Calendar",
    "SectorProgress",
    "SectorWeights",
    "SheetResult",
    "Svg",
    "WeightPiece",
    "calendar",
    "months_bar",
    "months_head",
    "months_said",
    "progress_chart",
    "results_chart",
    "shared",
    "weights_chart",
]
