// What is typed and not saved yet, kept in this browser for one person and one page.

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "azione"]);

export function entriesOf(form) {
  return [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));
}

export function keep(name, form) {
  keepEntries(name, entriesOf(form));
}

export function keepEntries(name, entries) {
  try {
    localStorage.setItem(name, JSON.stringify({ at: new Date().toISOString(), entries }));
  } catch (error) {
    console.info("Il testo non si può conservare in questo browser.", error.name);
  }
}

export function recall(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    return kept && Array.isArray(kept.entries) ? kept : null;
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch (error) {
    console.info("Il testo conservato non si può togliere.", error.name);
  }
}

// Offer what an earlier visit left unsaved; `resume` puts it back.
export function offer(name, box, resume) {
  const kept = recall(name);
  if (!kept) return false;
  const day = new Date(kept.at).toLocaleString("it-IT", { dateStyle: "long", timeStyle: "short" });
  const words = document.createElement("p");
  words.textContent = `C'è del testo non salvato del ${day}.`;
  const buttons = document.createElement("p");
  buttons.className = "actions";
  buttons.append(
    button("Riprendi", "btn btn-primary btn-xs", () => {
      box.hidden = true;
      resume(kept);
    }),
    button("Scarta", "btn btn-outline-secondary btn-xs", () => {
      forget(name);
      box.hidden = true;
    }),
  );
  box.replaceChildren(words, buttons);
  box.hidden = false;
  return true;
}

// Have the server put it back into the form: nothing is saved before the person does it.
export function resend(kept, form) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.hidden = true;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [...kept.entries, ["csrfmiddlewaretoken", token], ["azione", "riprendi"]]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    sent.append(input);
  }
  document.body.append(sent);
  sent.submit();
}

function button(label, look, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = label;
  made.addEventListener("click", onPress);
  return made;
}
