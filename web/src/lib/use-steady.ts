import { useEffect, useState } from 'react';

/** True once `value` has been true for `ms`; false at once. */
export function useSteady(value: boolean, ms: number): boolean {
  const [isSteady, setSteady] = useState(false);
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(() => setSteady(true), ms);
    return () => {
      clearTimeout(timer);
      setSteady(false);
    };
  }, [value, ms]);
  return value && isSteady;
}
