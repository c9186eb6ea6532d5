/* The desk of the library: a bar-code reader types faster than a page answers. */

const field = document.getElementById("id_code");
const form = document.getElementById("scan");

if (form) {
  // What was read is on its way; the next code must find an empty field.
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) field.value = "";
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("[data-escape]")?.click();
});

document.addEventListener("htmx:afterSettle", () => {
  // A question that came with the answer has the focus; otherwise the next scan.
  if (!document.querySelector("#desk [autofocus]")) field?.focus();
});
