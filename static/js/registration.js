// The registration of an act: who is not marked absent is present at one click; the votes in favour follow from who is
// there, until somebody writes them; what belongs to urgency shows where urgency is declared, or something is written.
"use strict";

const form = document.querySelector("form.registration");
const votes = ["votes_for", "votes_against", "abstained"].map((name) => form.elements[name]);
const urgency = form.elements.immediately_enforceable;
const ofUrgency = ["immediate_for", "immediate_against", "immediate_abstained", "immediate_reason"];
const everybody = form.querySelector("[data-everybody]");
let counted = "";

function rows() {
  return [...form.querySelectorAll("table.members tbody tr")].filter((row) => row.querySelector("[name$=-name]").value);
}

function presence(row) {
  return row.querySelector("[name$=-present]");
}

function count() {
  const [inFavour, ...others] = votes;
  if (inFavour.value !== counted) return; // written by hand, or kept from before
  const present = rows().filter((row) => presence(row).value === "1").length;
  const left = others.reduce((sum, field) => sum - Number(field.value), present);
  counted = present && left >= 0 ? String(left) : "";
  inFavour.value = counted;
}

function showUrgency() {
  const fields = ofUrgency.map((name) => form.elements[name]);
  const shown = urgency.checked || fields.some((field) => field.value);
  for (const field of fields) field.closest(".field").hidden = !shown;
}

everybody.hidden = false;
everybody.addEventListener("click", () => {
  for (const row of rows()) if (!presence(row).value) presence(row).value = "1";
  count();
});
form.addEventListener("input", (event) => {
  if (event.target !== votes[0]) count();
});
urgency.addEventListener("change", showUrgency);
showUrgency();
