"""What the room of verifications adds to the lower rooms, and that nobody else does."""

from documents import upper_rooms as files
from evaluations import deadlines, front_page, inbox, validating
from evaluations.packages import describing as packages
from evaluations.papers.report import describing as reports
from evaluations.rounds import overtaking
from objectives import upper_rooms as plans


def test_who_enters_in_the_lists_of_the_lower_rooms():
    assert plans.after_adoption == [validating.after_adoption]
    assert plans.after_effect == [overtaking.after_effect]
    assert (plans.work, plans.counts) == ([front_page.work], [inbox.counts])
    assert plans.overdue == [deadlines.overdue_sheets]
    assert files.describers == [packages.describe, reports.describe]
