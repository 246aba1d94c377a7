import { expect, test } from 'vitest';
import { composerAction, type ComposerState, type KeyPress } from './composer-keys.ts';

const action = (press: Partial<KeyPress>, state: Partial<ComposerState> = {}) =>
  composerAction(
    {
      key: 'Enter',
      shiftKey: false,
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      isComposing: false,
      keyCode: 13,
      ...press,
    },
    { isTouch: false, isEmpty: false, isEditing: false, ...state },
  );

test('Enter sends, with Shift it breaks the line; on touch it breaks the line, with Ctrl it sends', () => {
  expect(action({})).toBe('send');
  expect(action({ shiftKey: true })).toBeUndefined();
  expect(action({}, { isTouch: true })).toBeUndefined();
  expect(action({ ctrlKey: true }, { isTouch: true })).toBe('send');
});

test('keys of an input method are its own', () => {
  expect(action({ isComposing: true })).toBeUndefined();
  expect(action({ keyCode: 229 })).toBeUndefined();
});

test('ArrowUp edits the last message only where nothing is written', () => {
  expect(action({ key: 'ArrowUp' }, { isEmpty: true })).toBe('edit-last');
  expect(action({ key: 'ArrowUp' })).toBeUndefined();
  expect(action({ key: 'ArrowUp' }, { isEmpty: true, isEditing: true })).toBeUndefined();
});

test('Escape leaves an edit', () => {
  expect(action({ key: 'Escape' }, { isEditing: true })).toBe('leave-edit');
  expect(action({ key: 'Escape' })).toBeUndefined();
});
