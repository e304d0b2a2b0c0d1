"""An answer that takes longer than a moment: the page says that the program is at work."""

import pytest

from tests.journeys.conftest import DESK

pytestmark = pytest.mark.journey
SENT = """async () => {
  const submitter = document.querySelector("main form button[type=submit]");
  submitter.form.dispatchEvent(new SubmitEvent("submit", {bubbles: true, submitter}));  // sends nothing
  const notice = document.querySelector("[role=status].at-work"), said = [notice.innerText];
  for (let picture = 0; picture < 300 && !notice.innerText; picture++) await new Promise(requestAnimationFrame);
  return [...said, notice.innerText];
}"""
SHOWN_AGAIN = """() => {
  window.dispatchEvent(new PageTransitionEvent("pageshow"));
  return document.querySelector(".at-work").innerText;
}"""


@pytest.mark.parametrize("visitor", [(DESK, True)], ids=["desk"], indirect=True)
def test_what_is_sent_is_said_to_be_in_work_until_the_page_is_shown_again(visitor, segretario, with_password, act100):
    with_password(segretario)
    visitor.sign_in("segretario")
    visitor.go("/caluso/piano/2022/regole/")
    assert visitor.page.evaluate(SENT) == ["", "«Salva le regole» è in corso: attendere."]
    visitor.examined.clear()  # the page again, with the notice
    visitor.check()
    assert visitor.page.evaluate(SHOWN_AGAIN) == ""
    visitor.press("Salva le regole")
    assert visitor.page.locator(".at-work").inner_text() == ""
