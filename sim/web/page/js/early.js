// Before the first paint: the language and the ground that were chosen last time. A classic script,
// for a module would run after the paint and the page would flash in the other colours.
(function () {
  let kept = null;
  const root = document.documentElement;
  try {
    kept = window.localStorage;
  } catch {
    // Storage may be forbidden: the system's choices hold then.
  }
  const asked = kept && kept.getItem("qunsim.lang");
  const lang = asked || (/^zh/i.test(navigator.language) ? "zh" : "en");
  root.lang = lang === "zh" ? "zh-Hans" : "en";
  const theme = kept && kept.getItem("qunsim.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
})();
