/** Longest text of a message, in UTF-16 units: the server takes no longer one. */
export const MAX_LENGTH = 32_000;
/** From here on it is told how much is left. */
export const NEAR_LENGTH = 30_000;

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  /** Of an input method: the key belongs to it. */
  isComposing: boolean;
  keyCode: number;
}

export interface ComposerState {
  isTouch: boolean;
  isEmpty: boolean;
  isEditing: boolean;
}

/** What a key does in the composer; undefined where it does what it always does. */
export function composerAction(
  press: KeyPress,
  { isTouch, isEmpty, isEditing }: ComposerState,
): 'send' | 'edit-last' | 'leave-edit' | undefined {
  // Safari says of the Enter that ends a composition only this.
  if (press.isComposing || press.keyCode === 229) return undefined;
  const { key, shiftKey, altKey, ctrlKey, metaKey } = press;
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'send';
  if (shiftKey || altKey || ctrlKey || metaKey) return undefined;
  if (key === 'Enter' && !isTouch) return 'send';
  if (key === 'ArrowUp' && isEmpty && !isEditing) return 'edit-last';
  if (key === 'Escape' && isEditing) return 'leave-edit';
  return undefined;
}
