import { expect, test } from 'vitest';
import { readable, toolTitle } from './tool-state.ts';

test('a tool is named in words', () => {
  expect(toolTitle({ type: 'tool-web_search-v2' })).toBe('Web search v2');
});

test('arguments and results are readable', () => {
  expect(readable({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('12')).toBe('12');
  expect(readable('just words')).toBe('just words');
});
