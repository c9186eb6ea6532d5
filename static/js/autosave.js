/* Says that a form could not be saved on the way; the form itself is htmx's. */

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => say(event.target));
}

// Whoever was signed out, or signed in anew elsewhere, is answered with a whole page, which does not
// belong here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt } = event.detail.requestConfig;
  const isPage = /^\s*<!doctype/i.test(event.detail.xhr.responseText);
  if (!isPage || !elt.matches("[data-autosave]")) return;
  event.detail.shouldSwap = false;
  say(elt);
});

// As soon as the line is back, what was typed is saved.
window.addEventListener("online", () => {
  for (const form of document.querySelectorAll("[data-autosave]")) {
    form.dispatchEvent(new Event("change"));
  }
});

function say(element) {
  const place = element.closest("[data-autosave]")?.querySelector("[data-lost]");
  if (!place) return;
  // The hidden fields stay: they tell which version this page has seen.
  place.querySelector("[data-kept]")?.remove();
  const words = document.createElement("strong");
  words.dataset.kept = "";
  words.textContent = place.dataset.lost;
  place.append(words);
}
