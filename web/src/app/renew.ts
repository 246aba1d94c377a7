const KEY = 'famulus.renewed-at';
const AT_MOST_EVERY_MS = 60_000;

/**
 * Loads the page anew when a part of it is not there any more: the server has a newer build. What is typed but not sent
 * is kept by those who keep drafts.
 */
export function renewWhenOutdated(): void {
  addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    // A part that is missing for good must not turn into a loop.
    if (Date.now() - last < AT_MOST_EVERY_MS) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  });
}
