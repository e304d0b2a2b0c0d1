// How an expected value is read, beside it while it is being typed.

import { token } from "./draft-saving.js";

const WAIT = 400; // milliseconds
const NAMES = ["family", "text", "expected", "weight", "kind", "direction", "number", "date", "unit", "year"];

export function watchReadings(form) {
  const timers = new WeakMap();
  form.addEventListener("input", (event) => {
    const card = event.target.closest("[data-kind=indice]");
    if (!card) return;
    clearTimeout(timers.get(card));
    timers.set(
      card,
      setTimeout(() => read(card, form.dataset.reading), WAIT),
    );
  });
}

async function read(card, address) {
  const sent = new FormData();
  for (const name of NAMES) {
    sent.append(name, card.querySelector(`[name="indice-${card.dataset.key}-${name}"]`)?.value ?? "");
  }
  const asked = (card.dataset.asked = String(Number(card.dataset.asked ?? 0) + 1));
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: sent,
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
    });
    if (!answer.ok || card.dataset.asked !== asked) return;
    card.querySelector(".reading").textContent = (await answer.json()).reading;
  } catch (error) {
    console.info("La lettura del valore arriverà al prossimo salvataggio.", error.name);
  }
}
