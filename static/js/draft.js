// The drafting form in a browser with scripts. Without them the same form works by its buttons.

import { watchReadings } from "./draft-readings.js";
import { watchRows } from "./draft-rows.js";
import { Saving, token } from "./draft-saving.js";
import { forget, offer, resend } from "./draft-store.js";

const form = document.getElementById("bozza");
const saving = new Saving(form, document.getElementById("stato"));

// Gone back to, a page would show what it was made with, not what was saved since.
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "back_forward") location.reload();

form.addEventListener("input", () => saving.changed());
watchRows(form, () => saving.changed());
watchReadings(form);

const here = new URL(location.href);
if (here.searchParams.has("salvata")) {
  forget(form.dataset.keptAs);
  here.searchParams.delete("salvata");
  history.replaceState(null, "", here);
}
if (form.dataset.unsaved) saving.changed();
else offer(form.dataset.keptAs, document.getElementById("ritrovato"), (kept) => resend(kept, form));

// The button saves without leaving the page; the server shows the page again where somebody has to choose.
form.addEventListener("submit", async (event) => {
  if (saving.leaving) {
    event.preventDefault();
    return;
  }
  if (saving.savesItself) {
    event.preventDefault();
    const onward = event.submitter?.dataset.onward;
    const saved = !saving.stopped && (await saving.save());
    if (saved && onward) {
      saving.leaving = true;
      location.assign(onward);
    } else if (saved) {
      saving.sayNext();
    }
    if (!saving.stopped) return;
  }
  saving.leaving = true;
  form.elements.csrfmiddlewaretoken.value = token();
  if (saving.savesItself) form.submit();
});

window.addEventListener("beforeunload", (event) => {
  if (saving.unsaved && !saving.leaving) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  saving.leaving = false;
});
for (const moment of ["online", "focus"]) {
  window.addEventListener(moment, () => {
    if (saving.unsaved && saving.savesItself && !saving.stopped) saving.save();
  });
}
