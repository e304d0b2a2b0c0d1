// Suggests who can be named after an @, from the list «Chi avvisare» of the same form. Plain typing goes on working.

const NAMED = /(?:^|[^\w.+-])@([\w.@+-]*)$/;
const MOST = 6;

for (const form of document.querySelectorAll("form.discuss")) {
  const area = form.querySelector("textarea[name=commento]");
  const people = [...form.querySelectorAll("select[name=persona] option")].flatMap((option) => {
    const [, label, name] = option.textContent.trim().match(/^(.*) \(@(.+)\)$/) ?? [];
    const words = [name, ...`${label} ${name}`.split(/[^\p{L}\p{N}]+/u)].map((word) => word?.toLowerCase());
    return name ? [{ label, name, words }] : [];
  });
  if (area && people.length) watch(area, people);
}

function watch(area, people) {
  const list = document.createElement("ul");
  list.id = "chi-citare";
  list.className = "names";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Chi citare");
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  area.after(list, said);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  let found = [];
  let chosen = 0;

  function close() {
    list.hidden = true;
    found = [];
    area.removeAttribute("aria-activedescendant");
    said.textContent = "";
  }

  function mark(place) {
    chosen = (place + found.length) % found.length;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    area.setAttribute("aria-activedescendant", list.children[chosen].id);
  }

  function suggest() {
    const typed = area.value.slice(0, area.selectionStart).match(NAMED)?.[1];
    if (typed === undefined) return close();
    const wanted = typed.toLowerCase();
    found = people.filter((one) => one.words.some((word) => word.startsWith(wanted)));
    found.sort((one, other) => other.name.startsWith(wanted) - one.name.startsWith(wanted));
    found = found.slice(0, MOST);
    if (!found.length || (found.length === 1 && found[0].name === typed)) return close();
    list.replaceChildren(
      ...found.map(({ label, name }, n) => {
        const item = document.createElement("li");
        item.id = `chi-citare-${n}`;
        item.setAttribute("role", "option");
        item.textContent = `${label} (@${name})`;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault(); // the text keeps the focus
          mark(n);
          put();
        });
        return item;
      }),
    );
    list.hidden = false;
    mark(0);
    const words = found.length === 1 ? "Una persona" : `${found.length} persone`;
    said.textContent = `${words}: frecce per scegliere, Invio per citare, Esc per chiudere.`;
  }

  function put() {
    const end = area.selectionStart;
    const typed = area.value.slice(0, end).match(NAMED)?.[1] ?? "";
    area.setRangeText(`${found[chosen].name} `, end - typed.length, end, "end");
    close();
  }

  area.addEventListener("input", suggest);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") put();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
