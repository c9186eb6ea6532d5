/* Comforts of questionnaires: questions that come and go, sums, moving. All works without them. */

const inForm = (name, root = document) => [...root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

// A question that is asked only after some answer is hidden until it is given.
function showWhatIsAsked() {
  for (const part of document.querySelectorAll("[data-shown-when]")) {
    const before = inForm(part.dataset.shownWhen);
    if (!before.length) continue;
    const chosen = before.some(
      (field) => field.checked && field.value === part.dataset.shownValue && !field.closest("[hidden]"),
    );
    part.hidden = !chosen;
  }
}

// A number as the server reads it: 1.250 is twelve hundred and fifty, 1.250,5 and 1250.5 have a half.
// Nothing for what is none.
function numberOf(field) {
  const typed = field.value.replaceAll(/\s/g, "");
  const isGrouped = typed.includes(",") || /^[1-9]\d{0,2}(\.\d{3})+$/.test(typed);
  const plain = isGrouped ? typed.replaceAll(".", "").replace(",", ".") : typed;
  return Number(plain) || 0;
}

function addUp(question) {
  const sum = [...question.querySelectorAll("input[inputmode]")].map(numberOf).reduce((a, b) => a + b, 0);
  const language = document.documentElement.lang;
  question.querySelector("[data-sum-here]").textContent = sum.toLocaleString(language, {
    maximumFractionDigits: 2,
    useGrouping: false,
  });
}

// Moving an answer gives new places to all; the focus stays on the button that was pressed.
function move(button) {
  const question = button.closest("[data-ranking]");
  const list = button.closest("ol");
  const row = button.closest("li");
  const placeOf = (one) => one.querySelector("select");
  const ranked = [...list.children].filter((one) => placeOf(one).value);
  const places = Number(question.dataset.places);
  const here = ranked.indexOf(row);
  if (here < 0) ranked.splice(places - 1, ranked.length, row);
  else {
    const there = Math.min(Math.max(here + Number(button.dataset.move), 0), ranked.length - 1);
    [ranked[here], ranked[there]] = [ranked[there], ranked[here]];
  }
  for (const one of list.children) placeOf(one).value = ranked.includes(one) ? ranked.indexOf(one) + 1 : "";
  list.prepend(...ranked);
  button.focus();
  const label = row.querySelector("label").textContent;
  question.querySelector("[data-said-here]").textContent =
    `${label}: ${question.dataset.said} ${placeOf(row).value}`;
  placeOf(row).dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-move]");
  if (!button) return;
  event.preventDefault();
  move(button);
});

document.addEventListener("change", showWhatIsAsked);

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[inputmode]")) return;
  for (const question of document.querySelectorAll("[data-sum]")) {
    const isPart = question.contains(target);
    if (isPart) addUp(question);
    // What was said of other numbers, and confirmed, holds no longer.
    if (isPart || question.dataset.total === target.name)
      question.querySelector("[data-doubt]")?.replaceChildren();
  }
});

// Enter in a search field searches; it does not send the form.
document.addEventListener("keydown", (event) => {
  const button = event.key === "Enter" && event.target.dataset?.searchButton;
  if (!button) return;
  event.preventDefault();
  document.getElementById(button).click();
});

showWhatIsAsked();
document.addEventListener("htmx:afterSettle", showWhatIsAsked);
