import { useCallback, useRef, type RefObject } from 'react';

/**
 * For a row that an action takes out of its list: keeps the focus near, on the next row, the one before, or the page's
 * own part.
 */
export function useNextFocus(): [RefObject<HTMLLIElement | null>, () => void] {
  const row = useRef<HTMLLIElement>(null);
  const focusNext = useCallback(() => {
    const near = row.current?.nextElementSibling ?? row.current?.previousElementSibling;
    const target =
      near?.querySelector<HTMLElement>('a, button') ?? document.querySelector<HTMLElement>('main');
    // A menu or dialog gives the focus back to its button first, should it close.
    requestAnimationFrame(() => target?.focus());
  }, []);
  return [row, focusNext];
}
