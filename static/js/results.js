// The page of results in a browser with scripts. Without them the same form works by its button.

import { token } from "./draft-saving.js";
import { forget, offer } from "./draft-store.js";
import { goTo, watchKeys } from "./results-grid.js";
import { watchPaste } from "./results-paste.js";
import { Results } from "./results-saving.js";

const form = document.getElementById("risultati");
const results = new Results(form, document.getElementById("stato"));

// Gone back to, a page would show what it was made with, not what was saved since.
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "back_forward") location.reload();

watchKeys(form);
watchPaste(form, document.getElementById("incollato"));
form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && event.target.dataset.field) results.touched(row.dataset.row);
});
form.addEventListener("focusout", (event) => {
  if (event.target.dataset.field && !results.stopped) results.save();
});
form.addEventListener("change", (event) => {
  const two = event.target.closest("[data-stored]");
  if (two) results.choose(two.closest("[data-row]").dataset.row, event.target.value, JSON.parse(two.dataset.stored));
});

const here = new URL(location.href);
if (here.searchParams.has("salvata")) {
  forget(form.dataset.keptAs);
  here.searchParams.delete("salvata");
  history.replaceState(null, "", here);
}
const typed = form.querySelectorAll("[data-typed]");
if (typed.length) typed.forEach((row) => results.touched(row.dataset.row));
else offer(form.dataset.keptAs, document.getElementById("ritrovato"), (kept) => results.resume(kept));

// A link to a cell that is still empty puts the person into it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const cell = link && document.getElementById(link.hash.slice(1));
  if (!cell?.dataset.field) return;
  event.preventDefault();
  goTo(cell);
});

// The button saves without leaving the page. Files travel with the whole form.
form.addEventListener("submit", async (event) => {
  if (results.leaving) {
    event.preventDefault();
    return;
  }
  const attaching = event.submitter?.value.startsWith("allega");
  if (!attaching && !results.stopped) {
    event.preventDefault();
    await results.save();
    if (!results.troubled && !results.unsaved && !results.status.textContent) results.say("È già tutto salvato.");
    return;
  }
  results.leaving = true;
  form.elements.csrfmiddlewaretoken.value = token();
});

window.addEventListener("beforeunload", (event) => {
  if (results.unsaved && !results.leaving) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  results.leaving = false;
});
for (const moment of ["online", "focus"]) {
  window.addEventListener(moment, () => {
    if (results.unsaved && !results.stopped) results.save();
  });
}
