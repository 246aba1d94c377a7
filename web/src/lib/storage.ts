const PREFIX = 'famulus.';

/** What this browser keeps for itself, e.g. drafts. Storage that is full or switched off keeps nothing, silently. */
export const storage = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(PREFIX + key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(PREFIX + key, value);
    } catch {
      // Nothing depends on it.
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // Nothing depends on it.
    }
  },
  /** Tells what another tab has done to keys that begin so; null: removed. Returns what ends it. */
  onOtherTab(prefix: string, told: (key: string, value: string | null) => void): () => void {
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key?.startsWith(PREFIX + prefix)) told(key.slice(PREFIX.length), newValue);
    };
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  },
  /** Forgets all of it: on signing out, nothing of one user is left for the next. */
  clear(): void {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(PREFIX) && key !== `${PREFIX}color-scheme`) localStorage.removeItem(key);
      }
    } catch {
      // Nothing was kept.
    }
  },
};
