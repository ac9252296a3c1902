/** Where the viewer's choice is kept; absent means: follow the system. */
export const THEME_KEY = 'electrode-lab.theme';

/**
 * Runs in the page's head, before the first paint, so that no theme flashes up and goes. It is text, because it has
 * to run before any bundle has arrived. A refused localStorage (private mode) means: follow the system.
 */
export const THEME_SCRIPT = `(function () {
  var system = matchMedia('(prefers-color-scheme: light)');
  function apply() {
    var chosen = null;
    try { chosen = localStorage.getItem('${THEME_KEY}'); } catch (refused) {}
    document.documentElement.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : system.matches ? 'light' : 'dark';
  }
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('electrode-lab:theme', apply);
})();`;
