// One item of a list by chance, for people who do not want to choose. Without scripts the list is all there is.
(() => {
  "use strict";
  const button = document.getElementById("any");
  const links = document.querySelectorAll("#all h3 a");
  if (!button || links.length === 0) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    links[Math.floor(Math.random() * links.length)].click();
  });
})();
