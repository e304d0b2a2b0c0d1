// A draft that saves itself. What is typed is kept in this browser first, and leaves it only when the server has it.

import { forget, keep } from "./draft-store.js";

const KEEP_AFTER = 300; // milliseconds without typing
const SAVE_AFTER = 2500;
const TRY_AGAIN_AFTER = 15000;

// The token as it is now: signing in again, in another tab, changes it. Over HTTPS its cookie is tied to the host.
export function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export class Saving {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.keptAs = form.dataset.keptAs;
    this.savesItself = Boolean(form.dataset.savesItself);
    this.changes = 0; // since the page was opened
    this.saved = 0; // how many of them the server has
    this.running = null;
    this.stopped = false;
    this.leaving = false;
  }

  get unsaved() {
    return this.changes > this.saved;
  }

  changed() {
    this.changes += 1;
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.unsaved && keep(this.keptAs, this.form), KEEP_AFTER);
    if (this.savesItself && !this.stopped) this.plan(SAVE_AFTER);
    if (!this.savesItself) this.say("Ci sono modifiche non salvate.");
  }

  plan(wait) {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => this.save(), wait);
  }

  // Save now; true when the server has everything that was typed until now.
  async save() {
    clearTimeout(this.saveTimer);
    while (this.running) await this.running;
    this.running = this.send();
    const done = await this.running;
    this.running = null;
    return done;
  }

  async send() {
    const upTo = this.changes;
    keep(this.keptAs, this.form);
    this.form.elements.csrfmiddlewaretoken.value = token();
    let answer;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Requested-With": "autosalvataggio" },
        redirect: "manual",
      });
    } catch {
      return this.later("Connessione assente: il testo è conservato in questo browser e si salva appena torna.");
    }
    if (answer.type === "opaqueredirect") return this.signedOut();
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.ok && told) return this.done(upTo, told);
    if (answer.status === 422 && told) return this.wrong(told.errors);
    if (told) return this.stop(told.message);
    if (answer.status === 403) return this.signedOut();
    return this.later("Il server non risponde: il testo è conservato in questo browser e si salva appena possibile.");
  }

  done(upTo, told) {
    this.saved = upTo;
    this.form.elements.row_version.value = told.row_version;
    this.form.elements.partenza.value = told.opened;
    document.getElementById("pesi").innerHTML = told.weights;
    document.getElementById("regole").innerHTML = told.messages;
    this.form.querySelectorAll(".said-here").forEach((one) => one.remove());
    for (const { anchor, said } of told.places) {
      document.getElementById(anchor)?.insertAdjacentHTML("beforeend", said);
    }
    showErrors(this.form, []);
    if (this.unsaved) {
      keep(this.keptAs, this.form);
      this.plan(SAVE_AFTER);
    } else {
      clearTimeout(this.keepTimer);
      forget(this.keptAs);
    }
    this.savedAt = told.saved_at;
    this.say(`Salvato alle ${this.savedAt}.`);
    return true;
  }

  // What comes next, for who saved by the button.
  sayNext() {
    this.say(`Bozza salvata alle ${this.savedAt}. ${this.form.dataset.afterSaving}`);
    this.status.classList.add("done");
  }

  wrong(errors) {
    showErrors(this.form, errors);
    const words = errors.map((one) => `${one.label}: ${one.message}`).join(" ");
    this.trouble(`Non ancora salvato. ${words}`);
    return false;
  }

  later(words) {
    this.trouble(words);
    this.plan(TRY_AGAIN_AFTER);
    return false;
  }

  stop(words) {
    this.stopped = true;
    this.trouble(words);
    return false;
  }

  signedOut() {
    this.trouble("L'accesso è scaduto, ma il testo resta qui. ");
    const link = document.createElement("a");
    link.href = this.form.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Entrare di nuovo (in un'altra scheda)";
    this.status.append(link);
    this.plan(TRY_AGAIN_AFTER);
    return false;
  }

  say(words) {
    this.status.classList.remove("trouble", "done");
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  trouble(words) {
    this.status.classList.remove("done");
    this.status.classList.add("trouble");
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

function showErrors(form, errors) {
  form.querySelectorAll(".field.has-error").forEach((one) => {
    one.classList.remove("has-error");
    one.querySelector(".wrong")?.remove();
    one.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  });
  for (const { id, message } of errors) {
    const input = document.getElementById(id);
    const field = input?.closest(".field");
    if (!field) continue;
    const words = document.createElement("p");
    words.className = "wrong";
    words.id = `${id}_error`;
    words.textContent = message;
    field.classList.add("has-error");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", words.id);
    input.closest("details")?.setAttribute("open", "");
    field.append(words);
  }
}
