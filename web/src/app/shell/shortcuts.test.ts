import { expect, test } from 'vitest';

import { shortcutOf, type KeyPress } from './shortcuts.ts';

const places = new Map([['r', '/reminders']]);
const plain = { hasCommand: false, hasOther: false, isTyping: false };

function read(
  press: Partial<KeyPress> & { key: string },
  { isOn = true, afterPrefix = false, buttons = [] as string[] } = {},
) {
  return shortcutOf({ ...plain, ...press }, { isOn, afterPrefix, places, buttons });
}

test('single keys', () => {
  expect(read({ key: 'c' })).toEqual({ does: 'capture' });
  expect(read({ key: 'C' })).toEqual({ does: 'capture' });
  expect(read({ key: '?' })).toEqual({ does: 'help' });
  expect(read({ key: 'x' })).toBeUndefined();
});

test('are text while somebody types, and nothing when they are off', () => {
  expect(read({ key: 'c', isTyping: true })).toBeUndefined();
  expect(read({ key: 'c' }, { isOn: false })).toBeUndefined();
  expect(read({ key: 'r' }, { isOn: false, afterPrefix: true })).toBeUndefined();
});

test('the palette opens everywhere', () => {
  const command = { key: 'k', hasCommand: true };
  expect(read({ ...command, isTyping: true }, { isOn: false })).toEqual({ does: 'palette' });
  expect(read({ ...command, hasOther: true })).toBeUndefined();
  expect(read({ key: 'c', hasCommand: true })).toBeUndefined();
});

test('g and a letter go somewhere', () => {
  expect(read({ key: 'g' })).toEqual({ does: 'prefix' });
  expect(read({ key: 'r' }, { afterPrefix: true })).toEqual({ does: 'go', to: '/reminders' });
  expect(read({ key: 'c' }, { afterPrefix: true })).toBeUndefined();
});

test('keys of what has the focus press its buttons, but not behind g and not in place of others', () => {
  const buttons = ['a', 'r', 'c'];
  expect(read({ key: 'a' }, { buttons })).toEqual({ does: 'press', key: 'a' });
  expect(read({ key: 'a' })).toBeUndefined();
  expect(read({ key: 'c' }, { buttons })).toEqual({ does: 'capture' });
  expect(read({ key: 'r' }, { buttons, afterPrefix: true })).toEqual({ does: 'go', to: '/reminders' });
  expect(read({ key: 'a' }, { buttons, isOn: false })).toBeUndefined();
  expect(read({ key: 'a', isTyping: true }, { buttons })).toBeUndefined();
});
