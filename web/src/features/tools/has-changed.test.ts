import { expect, test } from 'vitest';
import { hasChanged } from './has-changed.ts';

test.each([
  ['mcp', { changed: true }, true],
  ['mcp', { changed: false }, false],
  ['mcp', {}, false],
  ['http', { changed: true }, false],
] as const)('%s %j', (tool_type, config, changed) => {
  expect(hasChanged({ tool_type, config })).toBe(changed);
});
