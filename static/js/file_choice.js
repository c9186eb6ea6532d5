/* A file field in the page's own words: the browser's control says "Choose file" in the language
   of the browser. It stays where it is, unseen over the drawn one, so that keys, clicks and files
   dropped on it work as ever; without this script it is simply seen. */

for (const choice of document.querySelectorAll(".file-choice")) {
  const field = choice.querySelector("input[type=file]");
  const drawn = choice.querySelector(".file-choice-drawn");
  const name = drawn.querySelector(".file-choice-name");
  const nothing = name.textContent;

  const show = () => {
    const chosen = field.files[0];
    name.textContent = chosen ? chosen.name : nothing;
    name.classList.toggle("is-chosen", Boolean(chosen));
    // Also read out, and instead of the browser's own words when the pointer rests on it.
    field.title = name.textContent;
  };

  choice.classList.add("is-drawn");
  drawn.hidden = false;
  field.addEventListener("change", show);
  field.form.addEventListener("reset", () => setTimeout(show));
  show();
}
