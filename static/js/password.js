/* A button beside every password field that shows what was typed.
   Its words come from the page's <template id="show-password">, in the language of the page. */

document.addEventListener("DOMContentLoaded", () => {
  const template = document.getElementById("show-password");
  if (!template) return;
  for (const field of document.querySelectorAll("input[type=password]")) {
    const button = template.content.firstElementChild.cloneNode(true);
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      field.focus();
    });
    field.after(button);
    // Sent as a password again, so that the browser does not remember it as plain text.
    field.form?.addEventListener("submit", () => {
      field.type = "password";
      button.setAttribute("aria-pressed", "false");
    });
  }
});
