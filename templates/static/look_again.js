/* Only improves: brings a page up to date by itself, in place, and counts the seconds of a code down. */
(function () {
  var part = document.querySelector("[data-look]");
  if (!part || !window.fetch || !window.DOMParser) return;
  var looks, ends;
  function begin() {
    looks = Date.now() + Number(part.dataset.look) * 1000;
    ends = Date.now() + Number(part.dataset.left) * 1000;
  }
  function replace(text) {
    var found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-look]");
    if (!found) return location.reload();
    var address = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.replaceWith(document.adoptNode(found));
    part = found;
    var same = address && Array.from(part.querySelectorAll("a")).find(function (link) { return link.getAttribute("href") === address; });
    if (same) same.focus();
    begin();
  }
  function look() {
    looks = Infinity;
    fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error("not the page");
      return answer.text();
    }).then(replace).catch(function () { setTimeout(function () { location.reload(); }, 3000); });
  }
  begin();
  setInterval(function () {
    var left = document.getElementById("left");
    if (left) left.value = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    if (Date.now() >= looks) look();
  }, 1000);
})();
