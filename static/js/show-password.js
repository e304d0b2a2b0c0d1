// Gives each password a button that shows what is typed; it is hidden again before it is sent.
const SHOW = "Mostra la password";
const HIDE = "Nascondi la password";

for (const field of document.querySelectorAll(".field input[type=password]")) {
  const button = document.createElement("button");
  const hidden = (so) => {
    field.type = so ? "password" : "text";
    button.textContent = so ? SHOW : HIDE;
  };
  button.type = "button";
  button.className = "show-password";
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => hidden(field.type === "text"));
  field.form.addEventListener("submit", () => hidden(true));
  hidden(true);
  field.after(button);
}
