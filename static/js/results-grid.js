// Cells that are walked through as in a spreadsheet. Arrows that move within a text stay with the text.

const COLUMNS = { result: ["achieved", "evidence"], phase: ["percent", "note"], staff: ["share"] };

// The cells of a column from top to bottom, across all sheets of the page.
function column(form, cell) {
  return [...form.querySelectorAll(`[data-column="${cell.dataset.column}"]`)];
}

function beside(cell, step) {
  const [kind, name] = cell.dataset.column.split(":");
  const next = COLUMNS[kind]?.[COLUMNS[kind].indexOf(name) + step];
  return next ? cell.closest("[data-row]").querySelector(`[data-column="${kind}:${next}"]`) : null;
}

function under(form, cell, step) {
  const cells = column(form, cell);
  return cells[cells.indexOf(cell) + step];
}

function target(form, cell, event) {
  const lines = cell.tagName === "TEXTAREA";
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const atStart = whole || cell.selectionEnd === 0;
  const atEnd = whole || cell.selectionStart === cell.value.length;
  switch (event.key) {
    case "Enter":
      return lines && !event.ctrlKey ? null : under(form, cell, event.shiftKey ? -1 : 1);
    case "ArrowDown":
      return lines && !atEnd ? null : under(form, cell, 1);
    case "ArrowUp":
      return lines && !atStart ? null : under(form, cell, -1);
    case "ArrowRight":
      return atEnd ? beside(cell, 1) : null;
    case "ArrowLeft":
      return atStart ? beside(cell, -1) : null;
    default:
      return null;
  }
}

export function goTo(cell) {
  cell.closest("details")?.setAttribute("open", "");
  cell.focus();
  if (cell.select) cell.select();
}

export function watchKeys(form) {
  let before = "";
  form.addEventListener("focusin", (event) => {
    if (event.target.dataset.column) before = event.target.value;
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.dataset.column || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && cell.value !== before) {
      cell.value = before;
      cell.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    if (event.shiftKey && event.key !== "Enter") return; // it selects text
    if (event.ctrlKey && event.key !== "Enter") return;
    const next = target(form, cell, event);
    // In a single line the Enter key never sends the form.
    if (next || (event.key === "Enter" && cell.tagName === "INPUT")) event.preventDefault();
    if (next) goTo(next);
  });
}

// Where a block of values goes: for each of its rows the cells from `first` on, to the right. A row of the table that
// takes no value (an indicator of a later year) keeps its place, as it does in the sheet that was copied.
export function places(form, first, height, width) {
  const [kind, name] = first.dataset.column.split(":");
  const names = COLUMNS[kind] ?? [];
  const from = names.indexOf(name);
  if (from < 0) return null;
  const rows = [...form.querySelectorAll(`[data-grid="${kind}"]`)];
  const top = rows.indexOf(first.closest("[data-grid]"));
  return rows
    .slice(top, top + height)
    .map((row) => names.slice(from, from + width).map((one) => row.querySelector(`[data-column="${kind}:${one}"]`)));
}
