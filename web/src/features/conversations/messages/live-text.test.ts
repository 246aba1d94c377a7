import { describe, expect, test } from 'vitest';
import { addRun, withRuns, type Run } from './live-text.ts';
import { aMessage, aTool } from './message-samples.ts';

describe('addRun', () => {
  const add = (...pieces: Run[]) => pieces.reduce<readonly Run[]>(addRun, []);

  test('pieces that go on from each other are one run', () => {
    expect(add({ offset: 0, text: 'ab' }, { offset: 2, text: 'c' })).toEqual([{ offset: 0, text: 'abc' }]);
  });
  test('what overlaps is taken once', () => {
    expect(add({ offset: 0, text: 'abc' }, { offset: 1, text: 'bcde' })).toEqual([
      { offset: 0, text: 'abcde' },
    ]);
    const runs = add({ offset: 0, text: 'abc' });
    expect(addRun(runs, { offset: 1, text: 'b' })).toBe(runs);
  });
  test('a gap begins a second run', () => {
    expect(add({ offset: 0, text: 'ab' }, { offset: 5, text: 'f' })).toHaveLength(2);
  });
  test('text from further ahead takes the place of what was taken back', () => {
    expect(add({ offset: 5, text: 'old' }, { offset: 0, text: 'new' })).toEqual([{ offset: 0, text: 'new' }]);
  });
});

describe('withRuns', () => {
  test('goes on in the text that is open', () => {
    const message = aMessage({ parts: [{ type: 'text', text: 'Hel', state: 'streaming' }] });
    expect(withRuns(message, [{ offset: 1, text: 'ello' }])).toMatchObject({
      message: { parts: [{ type: 'text', text: 'Hello', state: 'streaming' }] },
      hasGap: false,
    });
  });
  test('behind a tool call a new text begins; offsets count over all texts', () => {
    const message = aMessage({ parts: [{ type: 'text', text: 'One.' }, aTool()] });
    expect(withRuns(message, [{ offset: 0, text: 'One.Two' }]).message.parts).toEqual([
      { type: 'text', text: 'One.' },
      aTool(),
      { type: 'text', text: 'Two', state: 'streaming' },
    ]);
  });
  test('says when something is missing, and shows what stands', () => {
    const message = aMessage({ parts: [{ type: 'text', text: 'ab', state: 'streaming' }] });
    const runs = [
      { offset: 2, text: 'c' },
      { offset: 9, text: 'x' },
    ];
    const shown = withRuns(message, runs);
    expect(shown.hasGap).toBe(true);
    expect(shown.message.parts).toEqual([{ type: 'text', text: 'abc', state: 'streaming' }]);
  });
  test('nothing new leaves the message what it is', () => {
    const message = aMessage({ parts: [{ type: 'text', text: 'abc' }] });
    expect(withRuns(message, [{ offset: 0, text: 'abc' }]).message).toBe(message);
  });
});
