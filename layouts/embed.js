// Tells the page around this frame how high it is, and asks it to follow links, where a frame may not lead out of
// itself. WordPress hands each frame a secret and listens to nothing without it. Without this script the frame has a
// scroll bar, and every address stands on it in full.
(() => {
  "use strict";
  if (window.parent === window) return;
  const [, secret] = /[#?&]secret=([A-Za-z0-9]+)/.exec(location.hash) ?? [];
  const send = (message) => window.parent.postMessage(message, "*");
  let told;
  const tell = () => {
    told = Math.ceil(document.body.getBoundingClientRect().height);
    if (secret) send({ message: "height", value: told, secret });
    send({ type: "learnflow:height", height: told, page: location.href.split("#")[0] });
  };
  const changed = () => Math.ceil(document.body.getBoundingClientRect().height) !== told;
  addEventListener("load", tell);
  new ResizeObserver(() => changed() && tell()).observe(document.body);
  // Whoever begins to listen later says so.
  addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data?.message === "ready") tell();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !secret || !plain) return;
    event.preventDefault();
    send({ message: "link", value: link.href, secret });
  });
})();
