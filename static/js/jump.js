// The dialog «Vai a…»: opened by its button or by Ctrl-K; a combobox over the pages that the server knows.
// Without a script the button is a link to the page of the search; a form that is sent leads there, too.
"use strict";

const PAUSE = 150; // milliseconds without a key before the server is asked
const opener = document.querySelector("[data-jump]");
const dialog = document.getElementById("vai-a");

if (opener && dialog) {
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const said = dialog.querySelector("[role=status]");
  let asked = null; // the question that is under way
  let timer = 0;
  let goals = [];
  let chosen = -1;

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "Control+K");
  opener.querySelector("kbd").hidden = false;

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });

  dialog.querySelector(".jump-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it: its content covers the rest
  });
  dialog.addEventListener("close", () => {
    window.clearTimeout(timer);
    asked?.abort();
  });

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && goals.length) {
      event.preventDefault();
      const from = chosen < 0 && event.key === "ArrowUp" ? 0 : chosen;
      choose((from + moves[event.key] + goals.length) % goals.length);
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    if (!input.value.trim() && chosen < 0) return;
    const isFresh = list.dataset.of === input.value.trim() || (await ask());
    if (isFresh && goals.length) go(Math.max(chosen, 0));
    else if (input.value.trim()) form.submit();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go([...list.children].indexOf(option));
  });

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  }

  // Asks where the typed letters lead; tells whether the answer is about them.
  async function ask() {
    const typed = input.value.trim();
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const address = `${form.dataset.goals}?q=${encodeURIComponent(typed)}`;
      const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw new Error(`status ${response.status}`);
      ({ goals } = await response.json());
    } catch {
      if (signal.aborted) return false;
      goals = [];
      show(typed);
      said.textContent = "Il programma non risponde: con Invio si passa alla pagina della ricerca.";
      return false;
    }
    show(typed);
    return true;
  }

  function show(typed) {
    list.replaceChildren(...goals.map(option));
    list.dataset.of = typed;
    list.hidden = !goals.length;
    input.setAttribute("aria-expanded", String(goals.length > 0));
    choose(goals.length && typed ? 0 : -1);
    if (!typed) said.textContent = "";
    else if (goals.length) said.textContent = goals.length === 1 ? "1 risultato." : `${goals.length} risultati.`;
    else said.textContent = "Nessun risultato: con Invio si cercano queste parole nel testo delle schede.";
  }

  function option(goal, place) {
    const item = document.createElement("li");
    item.id = `vai-a-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const part of ["kind", "name", "detail"]) {
      if (!goal[part]) continue;
      const span = document.createElement("span");
      span.className = `jump-${part}`;
      span.textContent = goal[part];
      item.append(span, " ");
    }
    return item;
  }

  function choose(place) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const item = list.children[chosen];
    if (!item) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function go(place) {
    const { url } = goals[place];
    dialog.close();
    window.location.assign(url);
  }
}
