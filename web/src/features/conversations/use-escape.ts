import { useEffect } from 'react';

/** Calls it for an Escape that nothing else wants: no menu, no dialog, no edit. */
export function useEscape(then: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTaken =
        event.defaultPrevented ||
        event.isComposing ||
        document.querySelector('[role=dialog], [role=menu]') !== null;
      if (event.key === 'Escape' && !isTaken) then();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [then]);
}
