// Runs before the first paint, so that a chosen theme or language never flashes. A file of its own because the
// content policy allows no inline script.
try {
  var theme = localStorage.getItem('picup.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  document.documentElement.lang = localStorage.getItem('picup.language') || navigator.language.slice(0, 2);
} catch {
  // Storage may be forbidden; the system's theme holds then.
}
