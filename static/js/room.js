/* How many characters a long answer has and may have, under it while it is typed. */

for (const field of document.querySelectorAll("textarea[data-longest]")) {
  const place = document.createElement("p");
  place.className = "form-text room";
  field.after(place);
  const count = () => tellRoom(field, place);
  field.addEventListener("input", count);
  count();
}

function tellRoom(field, place) {
  const language = document.documentElement.lang;
  const written = (number) => number.toLocaleString(language);
  const most = Number(field.dataset.longest);
  // As the server counts: a letter of two units is one, and a new line is sent as two characters.
  const typed = [...field.value.trim().replaceAll("\n", "\r\n")].length;
  place.textContent = field.dataset.room.replace("{typed}", written(typed)).replace("{most}", written(most));
  place.classList.toggle("room-over", typed > most);
}
