// Lists: a column's title sorts by it, and what somebody chose last time is offered again.
"use strict";

const MONTHS = ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"];
const DAY = new RegExp(`^(\\d{1,2})°? (${MONTHS.join("|")})[a-z]* (\\d{4})`);
const NUMBER = /^-?\d[\d.]*(,\d+)?(?= ?%?$)/;
const ACT = /^GC (\d+)\/(\d{4})/;
const inItalian = new Intl.Collator("it", { numeric: true });
const MINE = `elenco:${document.querySelector(".me .person")?.textContent}:${location.pathname}`;

function recall(what) {
  try {
    return localStorage.getItem(`${MINE}:${what}`);
  } catch {
    return null; // a browser that keeps nothing: nothing is offered
  }
}

function keep(what, words) {
  try {
    if (words) localStorage.setItem(`${MINE}:${what}`, words);
    else localStorage.removeItem(`${MINE}:${what}`);
  } catch (error) {
    console.info("La scelta non si può conservare in questo browser.", error.name);
  }
}

// ---- Sorting --------------------------------------------------------------------------------------------------------

function worth(row, column) {
  const words = row.cells[column].innerText.trim();
  const day = DAY.exec(words);
  if (day) return Number(day[3]) * 10_000 + MONTHS.indexOf(day[2]) * 100 + Number(day[1]);
  const act = ACT.exec(words);
  if (act) return Number(act[2] + act[1].padStart(6, "0"));
  const number = NUMBER.exec(words);
  return number ? Number(number[0].replaceAll(".", "").replace(",", ".")) : words;
}

// Numbers and days before words, and what says nothing last, whichever way the rest goes.
function compared(one, other, way) {
  if (one === other) return 0;
  if (one === "" || one === "—") return 1;
  if (other === "" || other === "—") return -1;
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return way * (typeof one === "number" ? one - other : inItalian.compare(one, other));
}

function sort(table, column, way) {
  const [body] = table.tBodies;
  const rows = [...body.rows].map((row) => [worth(row, column), row]);
  rows.sort(([one], [other]) => compared(one, other, way));
  body.append(...rows.map(([, row]) => row));
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    if (place === column) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
}

function makeSortable(table) {
  if (table.tBodies[0].rows.length < 2) return;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "by-column";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      sort(table, column, way);
      keep(`ordine:${table.id}`, `${column} ${way}`);
    });
    head.append(button);
  });
  const [column, way] = (recall(`ordine:${table.id}`) ?? "").split(" ").map(Number);
  if (way && column < table.tHead.rows[0].cells.length) sort(table, column, way);
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);

// ---- What was chosen last time --------------------------------------------------------------------------------------

function chosen(form) {
  return [...new FormData(form)].filter(([, value]) => value);
}

function inWords(form) {
  return chosen(form).map(([name, value]) => {
    const field = form.elements[name];
    if (field.options) return [...field.options].find((one) => one.value === value).text.trim();
    if (field.type === "checkbox") return field.labels[0].innerText.trim();
    return field.type === "date" ? value.split("-").reverse().join("/") : value;
  });
}

function offer(form, { query, words }) {
  const link = document.createElement("a");
  link.href = `?${query}`;
  link.textContent = `Come l'ultima volta: ${words}`;
  const line = document.createElement("p");
  line.className = "last-time";
  line.append(link);
  form.after(line);
}

const filters = document.querySelector("form.filters[data-remembered]");
if (filters) {
  const asked = new URLSearchParams(location.search);
  if ([...filters.elements].some((field) => asked.has(field.name))) {
    const query = new URLSearchParams(chosen(filters)).toString();
    keep("scelta", query && JSON.stringify({ query, words: inWords(filters).join(", ") }));
  } else {
    const last = recall("scelta");
    if (last) offer(filters, JSON.parse(last));
  }
}
