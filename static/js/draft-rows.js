// Rows come, go and move in place. The server does the same for who has no script, by the same buttons.

const KEY = /__chiave__/g;

export function watchRows(form, onChange) {
  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[name=azione]");
    const order = pressed?.value.match(/^(aggiungi|togli|su|giu)-(fase|indice|persona):?(.*)$/);
    if (!order) return;
    event.preventDefault();
    const [, verb, kind, which] = order;
    if (verb === "aggiungi") add(form, kind, which);
    else change(form, verb, form.querySelector(`[data-kind="${kind}"][data-key="${which}"]`), onChange);
    onChange();
  });
}

function add(form, kind, which) {
  const card = fresh(kind);
  if (kind === "fase") {
    form.querySelector(`#fasi > li[data-slot="${which}"]`).prepend(card);
  } else {
    const list = kind === "persona" ? form.querySelector("#persone") : form.querySelector(`[data-family="${which}"]`);
    const family = card.querySelector("input[name$='-family']");
    if (family) family.value = which;
    list.append(card);
  }
  settle(form);
  card.querySelector("textarea, input:not([type=hidden])").focus();
}

function change(form, verb, card, onChange) {
  if (!card) return;
  if (verb === "togli") {
    remove(form, card, onChange);
    return;
  }
  form.querySelectorAll(".undo").forEach((one) => one.remove());
  const item = card.closest("li");
  const other = verb === "su" ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (card.dataset.kind === "fase") swapPhases(item, other);
  else if (verb === "su") other.before(item);
  else other.after(item);
  settle(form);
  const again = card.querySelector(`button[value^="${verb}-"]`);
  (again.disabled ? card.querySelector(`button[value^="${verb === "su" ? "giu" : "su"}-"]`) : again).focus();
}

function swapPhases(item, other) {
  const [here, there] = [item, other].map((one) => one.querySelector(".row-card"));
  if (here) other.prepend(here);
  if (there) item.prepend(there);
}

// A row that was taken away can be put back where it stood, until the page is left.
function remove(form, card, onChange) {
  const gone = card.dataset.kind === "fase" ? card : card.closest("li");
  const place = gone.parentElement;
  const next = gone.nextElementSibling;
  const undo = document.createElement(gone.tagName === "LI" ? "li" : "div");
  undo.className = "undo";
  const words = document.createElement("span");
  words.textContent = `${card.querySelector(".row-title").textContent.trim()}: tolta.`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-primary btn-xs";
  button.textContent = "Annulla";
  button.setAttribute("aria-label", `Annulla (${words.textContent})`);
  button.addEventListener("click", () => {
    const taken = card.dataset.kind === "fase" && place.querySelector(".row-card");
    if (taken) return;
    undo.remove();
    place.insertBefore(gone, next?.isConnected ? next : null);
    settle(form);
    onChange();
    gone.querySelector("textarea, input:not([type=hidden])").focus();
  });
  undo.append(words, button);
  gone.replaceWith(undo);
  settle(form);
  button.focus();
}

function fresh(kind) {
  const copy = document.getElementById(`modello-${kind}`).content.firstElementChild.cloneNode(true);
  const key = newKey();
  const holder = document.createElement("div");
  holder.append(copy);
  holder.innerHTML = holder.innerHTML.replace(KEY, key);
  return holder.firstElementChild;
}

// A random UUID; crypto.randomUUID is only there on https.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// Numbers, slots and buttons as they are now.
function settle(form) {
  const slots = [...form.querySelectorAll("#fasi > li")];
  for (const slot of slots) {
    const card = slot.querySelector(".row-card");
    slot.querySelector(".free").hidden = Boolean(card);
    if (!card) continue;
    card.querySelector("input[name=fasi]").value = `${slot.dataset.slot}:${card.dataset.key}`;
    number(card, slot.dataset.slot, slot === slots[0], slot === slots.at(-1));
  }
  for (const list of form.querySelectorAll(".typed-rows")) {
    const cards = [...list.querySelectorAll(".row-card")];
    cards.forEach((card, place) => number(card, place + 1, place === 0, place === cards.length - 1));
  }
}

function number(card, place, first, last) {
  for (const shown of card.querySelectorAll(".row-number")) shown.textContent = place;
  card.querySelector("button[value^='su-']").disabled = first;
  card.querySelector("button[value^='giu-']").disabled = last;
}
