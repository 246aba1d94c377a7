import { useEffect, useRef } from 'react';

/** For the field to begin with: it has the focus as soon as it is there. */
export function useFirstFocus() {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    ref.current?.focus();
  }, []);
  return ref;
}
