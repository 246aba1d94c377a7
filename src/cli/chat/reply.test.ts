import { describe, expect, test } from 'vitest';
import { createReplyView } from './reply.ts';

/** A view, and what it has shown. */
function view() {
  const shown: string[] = [];
  const screen = {
    text: (text: string) => void (text && shown.push(text)),
    endLine: () => void shown.push('\n'),
  };
  return { shown, ...createReplyView(screen) };
}

describe('a reply', () => {
  test('is shown as it comes, and at its end what is left', () => {
    const { shown, is, delta, end } = view();
    is('m1');
    delta('m1', 0, 'Good ');
    delta('m2', 0, 'not ours');
    delta('m1', 5, 'mor');
    end('Good morning');
    expect(shown).toEqual(['Good ', 'mor', 'ning', '\n']);
  });

  test('text that came before we knew whose it is, is not lost', () => {
    const { shown, is, delta, end } = view();
    delta('m2', 0, 'not ours');
    delta('m1', 0, 'Hello');
    is('m1');
    end('Hello');
    expect(shown.join('')).toBe('Hello\n');
  });

  test('with a gap in what came, the rest waits for the end', () => {
    const { shown, is, delta, end } = view();
    is('m1');
    delta('m1', 0, 'one ');
    delta('m1', 8, 'three ');
    delta('m1', 14, 'four');
    end('one two three four');
    expect(shown).toEqual(['one ', 'two three four', '\n']);
  });

  test('what was sent twice is shown once', () => {
    const { shown, is, delta, end } = view();
    is('m1');
    delta('m1', 0, 'one two');
    delta('m1', 4, 'two three');
    end('one two three');
    expect(shown.join('')).toBe('one two three\n');
  });

  test('that is taken back is said anew', () => {
    const { shown, is, delta, reset, end } = view();
    is('m1');
    delta('m1', 0, 'I thi');
    reset('m1');
    delta('m1', 0, 'No:');
    end('No: otherwise');
    expect(shown).toEqual(['I thi', '\n', 'No: otherwise', '\n']);
  });

  test('without any text on its way comes whole', () => {
    const { shown, end } = view();
    end('Done.');
    expect(shown).toEqual(['Done.', '\n']);
  });
});
