import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';

/** Keeps the latest message in view when there is less room for the list: where one writes has grown. */
export function useKeepEnd(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  scroll: RefObject<HTMLDivElement | null>,
  nearEnd: number,
): void {
  useEffect(() => {
    const list = scroll.current;
    if (!list) return undefined;
    let height = list.clientHeight;
    const observer = new ResizeObserver(() => {
      const lost = height - list.clientHeight;
      height = list.clientHeight;
      const below = list.scrollHeight - list.scrollTop - list.clientHeight;
      if (lost > 0 && below <= lost + nearEnd) virtualizer.scrollToEnd();
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [virtualizer, scroll, nearEnd]);
}
