import { describe, expect, test } from 'vitest';
import { splitBlocks } from './blocks.ts';

describe('splitBlocks', () => {
  test('paragraphs are blocks', () => {
    expect(splitBlocks('One\nstill one\n\n\nTwo')).toEqual(['One\nstill one\n\n', 'Two']);
  });
  test('code is not cut at empty lines, open or closed', () => {
    expect(splitBlocks('```js\na\n\nb\n```\n\nAfter')).toEqual(['```js\na\n\nb\n```\n', 'After']);
    expect(splitBlocks('```js\na\n\nb')).toEqual(['```js\na\n\nb']);
    expect(splitBlocks('````\n```\n\nb\n````')).toHaveLength(1);
    expect(splitBlocks('```\n~~~\n\nb\n```\n\nAfter')).toHaveLength(2);
  });
  test('a list stays in one piece, with what is below its items', () => {
    expect(splitBlocks('1. a\n\n   more\n\n2. b\n\nAfter')).toEqual(['1. a\n\n   more\n\n2. b\n', 'After']);
  });
  test('a text with definitions is one block', () => {
    expect(splitBlocks('See [it][1].\n\n[1]: https://example.com')).toHaveLength(1);
  });
  test('text that comes leaves all blocks but the last as they are', () => {
    const text = '# Title\n\nWords here\n\n- a\n- b\n\n```ts\nlet x;\n\nlet y;\n```\n\nEnd';
    for (let end = 1; end < text.length; end++) {
      const now = splitBlocks(text.slice(0, end));
      const whole = splitBlocks(text);
      expect(whole.slice(0, now.length - 1)).toEqual(now.slice(0, -1));
    }
  });
  test('nothing is no block', () => {
    expect(splitBlocks('\n\n')).toEqual([]);
  });
});
