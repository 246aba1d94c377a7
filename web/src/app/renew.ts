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
    void isOutdated().then((outdated) => {
      if (!outdated) return;
      sessionStorage.setItem(KEY, String(Date.now()));
      location.reload();
    }, ignore);
  });
}

/** Whether the server's page begins with another script than this one did. */
async function isOutdated(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module]');
  const answer = await fetch('/sign-in', { headers: { accept: 'text/html' } });
  return answer.ok && script !== null && !(await answer.text()).includes(new URL(script.src).pathname);
}

function ignore(): void {
  // The offline banner says it.
}
