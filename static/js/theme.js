/* The light and dark theme. Without this file the page follows the system.
   A choice against the system is remembered; a choice equal to it is forgotten again. */

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage may be forbidden; the page then follows the system
  }
}

function remember(theme) {
  try {
    if ((theme === "dark") === systemDark.matches) localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // nothing to remember it in
  }
}

function show(theme) {
  const night = document.getElementById("night");
  document.documentElement.dataset.bsTheme = theme;
  night.media = theme === "dark" ? "all" : "not all";
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(theme === "dark"));
  }
}

function current() {
  return chosen() ?? (systemDark.matches ? "dark" : "light");
}

show(current()); // at once, before the page is painted
document.addEventListener("DOMContentLoaded", () => {
  show(current()); // again, now that the button exists
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.addEventListener("click", () => {
      const theme = button.getAttribute("aria-pressed") === "true" ? "light" : "dark";
      remember(theme);
      show(theme);
    });
  }
});
systemDark.addEventListener("change", () => show(current()));
