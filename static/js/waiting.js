// Says that what was sent is being worked on, where the answer takes longer than a moment.
"use strict";

const A_MOMENT = 700; // milliseconds

const notice = document.createElement("p");
notice.className = "at-work";
notice.setAttribute("role", "status");
document.body.append(notice); // empty: what is put into it later is read aloud
let due;

function say(what) {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-hidden", "true");
  notice.replaceChildren(bar, what ? `«${what}» è in corso: attendere.` : "Il programma sta lavorando: attendere.");
}

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  const what = event.submitter?.innerText.trim().replace(/\s+/g, " ");
  due = setTimeout(say, A_MOMENT, what);
});

// The page is shown again as it was left: by the way back, or because the answer was a file.
window.addEventListener("pageshow", () => {
  clearTimeout(due);
  notice.replaceChildren();
});
