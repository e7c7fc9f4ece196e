// Before the first paint: the text size and the language that this device remembers.
(function () {
  try {
    var root = document.documentElement;
    var text = localStorage.getItem("kepu.text");
    if (text === "large" || text === "largest") root.dataset.text = text;
    if (localStorage.getItem("kepu.language") === "en") root.lang = "en";
  } catch (_) {
    // Storage may be closed to us; then it is the standard text, in Chinese.
  }
})();
