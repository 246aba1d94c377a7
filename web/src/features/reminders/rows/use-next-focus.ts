import { useCallback, useRef, type RefObject } from 'react';

/**
 * For a row that an action takes out of its list: keeps the focus near, on the next row's link, the one before, or
 * the list's tab.
 */
export function useNextFocus(): [RefObject<HTMLLIElement | null>, () => void] {
  const row = useRef<HTMLLIElement>(null);
  const focusNext = useCallback(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-reminder-row]')];
    const index = rows.findIndex((one) => one === row.current);
    const near = rows[index + 1] ?? rows[index - 1];
    const target =
      near?.querySelector<HTMLElement>('a') ??
      document.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
    // The menu gives the focus back to its button first, should it close.
    requestAnimationFrame(() => target?.focus());
  }, []);
  return [row, focusNext];
}
