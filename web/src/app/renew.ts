const KEY = 'famulus.renewed-at';
const AT_MOST_EVERY_MS = 60_000;

/**
 * Loads the page anew when a part of it is not there any more: the server has a newer build. Not while the server can't
 * be reached: the page that is there is better than none.
 */
export function renewWhenOutdated(): void {
  addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    // A part that is missing for good must not turn into a loop.
    if (Date.now() - last < AT_MOST_EVERY_MS) return;
    void fetch('/healthz').then(({ ok }) => {
      if (!ok) return;
      sessionStorage.setItem(KEY, String(Date.now()));
      location.reload();
    }, ignore);
  });
}

function ignore(): void {
  // The offline banner says it.
}
