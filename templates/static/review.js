/* Only improves: single keys press the buttons of the review queue, and the next name comes without a new page.
   Keys can be switched off, since software for speech and single keys do not go together. */
(function () {
  var said = document.getElementById("said"), busy = false;
  if (!said || !document.querySelector(".review")) return;
  function page() { return document.querySelector(".review"); }
  function isOn() { try { return localStorage.getItem("review-keys") !== "off"; } catch (error) { return true; } }
  function begin() {
    var box = document.getElementById("keys"), head = page().querySelector("h2[tabindex]");
    if (box) { box.parentNode.hidden = false; box.checked = isOn(); }
    page().classList.toggle("no-keys", !isOn());
    if (head) head.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  function replace(answer, text) {
    var found = new DOMParser().parseFromString(text, "text/html");
    var fresh = found.querySelector(".review"), news = found.getElementById("said");
    if (!fresh || !news) return location.reload();
    page().replaceWith(document.adoptNode(fresh));
    said.replaceChildren.apply(said, Array.from(document.adoptNode(news).childNodes));
    history.replaceState(null, "", answer.url);
    busy = false;
    begin();
  }
  function send(form, button) {
    if (busy) return;
    busy = true;
    var data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    fetch((button && button.getAttribute("formaction")) || form.getAttribute("action"), { method: "POST", body: data, credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text().then(function (text) { replace(answer, text); });
      })
      .catch(function () { location.reload(); });
  }
  document.addEventListener("submit", function (event) {
    if (!page().contains(event.target) || !window.fetch) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  document.addEventListener("change", function (event) {
    if (event.target.id !== "keys") return;
    try { localStorage.setItem("review-keys", event.target.checked ? "on" : "off"); } catch (error) { /* kept for this page only */ }
    page().classList.toggle("no-keys", !event.target.checked);
  });
  document.addEventListener("keydown", function (event) {
    var box = document.getElementById("keys");
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || (box && !box.checked)) return;
    if (event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    var digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code || ""), key = /^\d$/.test(event.key) ? event.key : digit && !event.shiftKey ? digit[1] : event.key.toLowerCase();
    var letter = /^Key([SU])$/.exec(event.code || ""), latin = /^[a-z0-9]$/.test(key);
    if (!latin && letter) key = letter[1].toLowerCase();
    var button = Array.from(page().querySelectorAll("[data-key]")).find(function (each) { return each.dataset.key === key; });
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  begin();
})();
