// Results that save themselves, row by row. What is typed is kept in this browser until the server has it.

import { token } from "./draft-saving.js";
import { forget, keepEntries } from "./draft-store.js";

const KEEP_AFTER = 300; // milliseconds without typing
const SAVE_AFTER = 1200;
const TRY_AGAIN_AFTER = 15000;

export class Results {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.keptAs = form.dataset.keptAs;
    this.rows = new Map(); // name → { element, changes, saved, held }: held is the change that the server sent back
    this.running = null;
    this.stopped = false;
    this.leaving = false;
    for (const element of form.querySelectorAll("[data-row]")) {
      this.rows.set(element.dataset.row, { element, changes: 0, saved: 0, held: 0 });
    }
  }

  get unsaved() {
    return [...this.rows.values()].some((row) => row.changes > row.saved);
  }

  get waiting() {
    return [...this.rows].filter(([, row]) => row.changes > row.saved && row.changes > row.held);
  }

  touched(name) {
    const row = this.rows.get(name);
    if (!row) return;
    row.changes += 1;
    this.mark();
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keep(), KEEP_AFTER);
    if (!this.stopped) this.plan(SAVE_AFTER);
  }

  // Whether something is not saved yet, for who looks at the form.
  mark() {
    this.form.toggleAttribute("data-unsaved", this.unsaved);
  }

  keep() {
    this.mark();
    const rows = [...this.rows].filter(([, row]) => row.changes > row.saved);
    if (!rows.length) return forget(this.keptAs);
    const entries = rows.flatMap(([name, row]) => [
      [`${name}-version`, this.version(name).value],
      ...fields(row.element).map((field) => [field.name, valueOf(field)]),
    ]);
    return keepEntries(this.keptAs, entries);
  }

  // Put back what an earlier visit left unsaved; the server compares it with what was saved meanwhile.
  resume(kept) {
    const names = new Set();
    for (const [name, value] of kept.entries) {
      const field = this.form.elements[name];
      const row = field?.closest?.("[data-row]");
      if (!row) continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
      names.add(row.dataset.row);
    }
    for (const name of names) this.touched(name);
    this.save();
  }

  version(name) {
    return this.form.elements[`${name}-version`];
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Save now what waits; one request after the other.
  async save() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    const waiting = this.waiting;
    if (!waiting.length || this.leaving) return;
    this.running = this.send(waiting.map(([name, row]) => ({ name, row, upTo: row.changes })));
    await this.running;
    this.running = null;
    if (this.waiting.length && !this.stopped && !this.troubled) this.plan(SAVE_AFTER);
  }

  async send(batch) {
    this.keep();
    const rows = batch.map(({ name, row }) => ({
      name,
      token: this.version(name).value,
      values: Object.fromEntries(fields(row.element).map((field) => [field.dataset.field, valueOf(field)])),
    }));
    let answer;
    try {
      answer = await fetch(this.form.dataset.save, {
        method: "POST",
        body: JSON.stringify({ rows }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        redirect: "manual",
      });
    } catch {
      return this.later("Connessione assente: ciò che è scritto è conservato in questo browser e si salva appena torna.");
    }
    if (answer.type === "opaqueredirect") return this.signedOut();
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.ok && told) return this.done(batch, told);
    if (told) return this.stop(told.message);
    if (answer.status === 403) return this.signedOut();
    return this.later("Il server non risponde: ciò che è scritto è conservato in questo browser e si salva appena possibile.");
  }

  done(batch, told) {
    for (const { name, row, upTo } of batch) {
      const outcome = told.rows[name];
      if (!outcome) continue;
      row.held = upTo;
      if (outcome.token) {
        row.saved = upTo;
        this.version(name).value = outcome.token;
      }
      showFaults(row.element, outcome.faults ?? {});
      const two = row.element.querySelector("[data-two]");
      if (two) two.innerHTML = outcome.two ?? "";
      if (outcome.beside !== undefined) row.element.querySelector("[data-beside]").innerHTML = outcome.beside;
    }
    for (const [id, words] of Object.entries(told.parts)) {
      const part = document.getElementById(id);
      if (!part) continue;
      part.innerHTML = words;
      if (part.querySelector("[data-needed]")) part.closest("details")?.setAttribute("open", "");
    }
    this.keep();
    const held = [...this.rows.values()].filter((row) => row.changes > row.saved && row.held === row.changes).length;
    const saved = told.saved_at ? `Salvato alle ${told.saved_at}` : "";
    if (held) this.trouble(`${saved ? `${saved}, tranne` : "Da sistemare:"} ${held === 1 ? "una riga" : `${held} righe`}.`);
    else this.say(`${saved}.`);
  }

  // Of two texts the person chose one: theirs goes to the server again, or the stored one takes its place.
  choose(name, choice, stored) {
    const row = this.rows.get(name);
    if (choice.startsWith("mio:")) {
      this.version(name).value = choice.slice("mio:".length);
      this.touched(name);
      this.save();
      return;
    }
    for (const field of fields(row.element)) {
      const value = stored[field.dataset.field] ?? "";
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    }
    this.version(name).value = choice.slice("salvato:".length);
    row.saved = row.changes;
    showFaults(row.element, {});
    row.element.querySelector("[data-two]").replaceChildren();
    this.keep();
    this.say("Resta ciò che era già salvato.");
  }

  later(words) {
    this.trouble(words);
    this.plan(TRY_AGAIN_AFTER);
  }

  stop(words) {
    this.stopped = true;
    this.trouble(words);
  }

  signedOut() {
    this.trouble("L'accesso è scaduto, ma ciò che è scritto resta qui. ");
    const link = document.createElement("a");
    link.href = this.form.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Entrare di nuovo (in un'altra scheda)";
    this.status.append(link);
    this.plan(TRY_AGAIN_AFTER);
  }

  say(words) {
    this.troubled = false;
    this.status.classList.remove("trouble");
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  trouble(words) {
    this.troubled = true;
    this.status.classList.add("trouble");
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

function fields(element) {
  return [...element.querySelectorAll("[data-field]")];
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked ? field.value : "";
  return field.value;
}

function errorOf(field) {
  const place = document.createElement("span");
  place.className = "wrong";
  place.id = `${field.name}_error`;
  field.after(place);
  return place;
}

function showFaults(element, faults) {
  for (const field of fields(element)) {
    const words = faults[field.dataset.field];
    const place = document.getElementById(`${field.name}_error`) ?? (words && errorOf(field));
    if (place) {
      place.textContent = words ?? "";
      place.hidden = !words;
    }
    if (words) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", place.id);
      field.closest("details")?.setAttribute("open", "");
    } else {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }
}
