// A block copied from a spreadsheet fills the cells downwards and to the right. What it did is said, and can be undone.

import { places } from "./results-grid.js";

export function watchPaste(form, box) {
  form.addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.dataset?.column) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!isBlock(text, cell)) return;
    const block = parsed(text);
    const cells = places(form, cell, block.length, Math.max(...block.map((row) => row.length)));
    if (!cells) return;
    event.preventDefault();
    tell(box, fill(block, cells), cell);
  });
}

// In a text of several lines, lines alone are a text.
function isBlock(text, cell) {
  return text.includes("\t") || (cell.tagName === "INPUT" && text.includes("\n"));
}

// Rows of values: tabs and line breaks stand between them; a value in quotation marks may hold both.
export function parsed(text) {
  const rows = [[]];
  const values = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  for (;;) {
    const [, quoted, bare] = values.exec(text);
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (values.lastIndex >= text.length) return rows;
    if (text[values.lastIndex] === "\n") rows.push([]);
    values.lastIndex += 1;
  }
}

function fill(block, cells) {
  const done = { changed: [], same: 0, left: 0 };
  block.forEach((row, down) =>
    row.forEach((raw, right) => {
      const cell = cells[down]?.[right];
      const value = cell?.tagName === "TEXTAREA" ? raw.trim() : raw.replace(/\s+/g, " ").trim();
      if (!cell) done.left += value ? 1 : 0;
      else if (cell.value === value) done.same += 1;
      else done.changed.push(write(cell, value));
    }),
  );
  return done;
}

function write(cell, value) {
  const before = cell.value;
  cell.value = value;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  return { cell, before, value };
}

function tell(box, done, first) {
  const count = done.changed.length;
  const words = [`${count === 1 ? "Incollato 1 valore" : `Incollati ${count} valori`} da «${first.closest("td").dataset.label}» in poi.`];
  if (done.same) words.push(`${done.same} ${done.same === 1 ? "era già così" : "erano già così"}.`);
  if (done.left) {
    words.push(`${done.left} ${done.left === 1 ? "non ha una casella in cui stare" : "non hanno una casella in cui stare"}.`);
  }
  const said = document.createElement("span");
  said.textContent = words.join(" ");
  box.replaceChildren(said);
  if (count) box.append(undo(box, done.changed));
  box.hidden = false;
}

// A cell that was written in again since keeps what it has now.
function undo(box, changed) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-primary btn-xs";
  button.textContent = "Annulla l'incolla";
  button.addEventListener("click", () => {
    const back = changed.filter(({ cell, value }) => cell.value === value);
    for (const { cell, before } of back) write(cell, before);
    box.textContent = `Rimesso com'era: ${back.length} ${back.length === 1 ? "valore" : "valori"}.`;
    changed[0].cell.focus();
  });
  return button;
}
