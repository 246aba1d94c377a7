/** What a key means, as `shortcutOf` reads it. */
export type Shortcut =
  | { does: 'palette' | 'capture' | 'help' | 'compose' }
  | { does: 'go'; to: string }
  /** The button of that key in what has the focus. */
  | { does: 'press'; key: string }
  /** `g`: the next key says where to. */
  | { does: 'prefix' };

export interface KeyPress {
  key: string;
  hasCommand: boolean;
  hasOther: boolean;
  /** Whether keys are text there, e.g. in a field, or belong to a dialog. */
  isTyping: boolean;
}

interface ShortcutState {
  isOn: boolean;
  afterPrefix: boolean;
  places: ReadonlyMap<string, string>;
  buttons: readonly string[];
}

const single: Record<string, Shortcut> = {
  c: { does: 'capture' },
  '?': { does: 'help' },
  '/': { does: 'compose' },
  g: { does: 'prefix' },
};

/**
 * What a key press asks for. ⌘K and Ctrl K always open the palette; single keys only when they are on and nobody is
 * typing. `places`: where `g` and a letter lead; `buttons`: the keys that what has the focus has buttons for.
 */
export function shortcutOf(
  press: KeyPress,
  { isOn, afterPrefix, places, buttons }: ShortcutState,
): Shortcut | undefined {
  const key = press.key.toLowerCase();
  if (press.hasCommand) return key === 'k' && !press.hasOther ? { does: 'palette' } : undefined;
  if (!isOn || press.isTyping || press.hasOther) return undefined;
  if (afterPrefix) {
    const to = places.get(key);
    return to === undefined ? undefined : { does: 'go', to };
  }
  return single[key] ?? (buttons.includes(key) ? { does: 'press', key } : undefined);
}
