/* Only improves: while answers arrive, asks now and then for a mark that is cheap to make, and brings the figures up to
   date in place when it has changed. Without it there is a link to refresh the page. */
(function () {
  var live = document.querySelector("[data-freshness]");
  if (!live || !window.fetch || !window.DOMParser) return;
  var busy = false;
  function tell() {
    var auto = live.querySelector(".dash-auto");
    if (auto) auto.hidden = false;
  }
  function isEdited() {
    var form = live.querySelector("form");
    return form && Array.from(form.elements).some(function (field) {
      return field.options && Array.from(field.options).some(function (option) { return option.selected !== option.defaultSelected && (option.selected || field.querySelector("[selected]")); });
    });
  }
  function opened(part) {
    return Array.from(part.querySelectorAll("details")).map(function (one) { return one.open; });
  }
  function replace(text) {
    var found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-mark]");
    if (!found) return location.reload();
    var active = live.contains(document.activeElement) && document.activeElement;
    var id = active && active.id, address = active && active.getAttribute("href");
    var open = opened(live);
    live.replaceWith(document.adoptNode(found));
    live = found;
    live.querySelectorAll("details").forEach(function (one, place) { one.open = open[place] || one.open; });
    var same = id ? document.getElementById(id) : address && Array.from(live.querySelectorAll("a")).find(function (link) { return link.getAttribute("href") === address; });
    if (same) same.focus({ preventScroll: true });
    tell();
  }
  function get(address) {
    return fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error("not the page");
      return answer;
    });
  }
  function look() {
    if (busy || document.hidden || isEdited()) return;
    busy = true;
    get(live.dataset.freshness).then(function (answer) { return answer.json(); }).then(function (state) {
      if (state.mark === live.dataset.mark) return null;
      return get(location.href).then(function (answer) { return answer.text(); }).then(replace);
    }).catch(function () { /* signed out or offline: the link to refresh is there */ }).then(function () { busy = false; });
  }
  tell();
  setInterval(look, Number(live.dataset.look) * 1000);
  document.addEventListener("visibilitychange", look);
})();
