// Closes an open group of the main menu, or list of files: by Escape, by a click elsewhere, when the keyboard leaves it.
"use strict";

const groups = document.querySelectorAll(".menu details, details.download");

function closeOutside(place) {
  for (const group of groups) {
    if (!group.contains(place)) group.open = false;
  }
}

document.addEventListener("click", (event) => closeOutside(event.target));
document.addEventListener("focusin", (event) => closeOutside(event.target));
document.addEventListener("keydown", (event) => {
  const open = [...groups].find((group) => group.open);
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
