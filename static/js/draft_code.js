/* The link that goes on elsewhere has the draft's code behind #, which browsers send to nobody.
   It is put into its field here, and taken out of the address. */

document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("input[name=key]");
  const code = location.hash.slice(1);
  if (!field || !/^[0-9A-Z-]{12,20}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  field.focus();
});
