/* Only improves: counts down, and puts the next code in place without loading the page anew. */
(function () {
  var screen = document.getElementById("screen");
  if (!screen || !window.fetch || !window.DOMParser) return;
  var ends, looks;
  function begin() {
    ends = Date.now() + Number(screen.dataset.left) * 1000;
    looks = Date.now() + Number(screen.dataset.look) * 1000;
  }
  function look() {
    looks = Infinity;
    fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error("no screen");
      return answer.text();
    }).then(function (text) {
      var found = new DOMParser().parseFromString(text, "text/html").getElementById("screen");
      screen.replaceWith(document.adoptNode(found));
      screen = document.getElementById("screen");
      begin();
    }).catch(function () { setTimeout(function () { location.reload(); }, 3000); });
  }
  begin();
  setInterval(function () {
    var left = document.getElementById("left");
    if (left) left.value = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    if (Date.now() >= looks) look();
  }, 1000);
})();
