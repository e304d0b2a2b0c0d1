// Checks a file without sending it: its SHA-256 is taken here, and only that is sent.
// Where the browser can't (no SubtleCrypto: an address without https), the form uploads the file as it would alone.

const form = document.querySelector("form[data-check-file]");

if (form && window.crypto?.subtle) {
  const input = form.elements.file;
  const status = form.querySelector(".check-status");
  const drop = form.querySelector(".drop");
  const note = form.querySelector("[data-here]");

  note.textContent = note.dataset.here;
  drop.classList.add("drop-ready");
  form.querySelector(".drop-hint").hidden = false;

  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file) return; // the server says that one must be chosen
    event.preventDefault();
    status.textContent = "Calcolo dell'impronta…";
    try {
      form.elements.impronta.value = await sha256(file);
    } catch {
      status.textContent = "Il file non si legge: sceglierlo di nuovo. Se è molto grande, questo browser non basta.";
      return;
    }
    input.disabled = true; // a disabled field is not sent
    form.submit();
  });

  // Back from the answer: the field can be used again.
  window.addEventListener("pageshow", () => {
    input.disabled = false;
    form.elements.impronta.value = "";
    status.textContent = "";
  });

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("drop-over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("drop-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("drop-over");
    if (event.dataTransfer.files.length !== 1) {
      status.textContent = "Trascinare un file alla volta.";
      return;
    }
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
