import { describe, expect, test } from 'vitest';
import { understand } from './understand.ts';

/** A Wednesday, 14:05 in Berlin. */
const receivedAt = new Date('2026-11-18T13:05:00Z');
const context = { now: receivedAt, receivedAt, timezone: 'Europe/Berlin', locale: 'en' };

const question = `Which one do you mean? Answer with its number, or “all”:
1. “leave”, Thu 19 November 2026, 09:00 (Europe/Berlin)
2. “leave”, Thu 19 November 2026, 18:30:10 (Europe/Berlin)
3. “leave for Rome”, Fri 20 November 2026, 10:00 (Europe/Berlin)`;
const russian = `Какое из них? Ответьте номером или «все»:
1. «кино», чт, 19 ноября 2026, 09:00 (Europe/Berlin)
2. «кино», пт, 20 ноября 2026, 20:00 (Europe/Berlin)`;

const first = '2026-11-19T08:00:00.000Z';
const second = '2026-11-19T17:30:10.000Z';
const third = '2026-11-20T09:00:00.000Z';
const evening = '2026-11-20T19:00:00.000Z';

function chosen(answer: string, asked = 'cancel leave', by = question): unknown {
  const plan = understand(answer, context, asked, by);
  return plan.type === 'call' ? plan.input : plan.text;
}

describe('the answer to “which one?”', () => {
  test.each([
    ['1', first],
    ['2.', second],
    ['number 3', third],
    ['the first', first],
    ['the second one', second],
    ['3rd', third],
    ['the last one', third],
    ['cancel the first', first],
    ['the one at 9', first],
    ['at 18:30', second],
    ['the one at 6:30 pm', second],
    ['tomorrow at 9', first],
    ['Friday', third],
    ['the one for Rome', third],
  ])('%s', (answer, at) => {
    expect(chosen(answer)).toEqual({ action: 'cancel', query: 'leave', at });
  });

  test.each([
    ['1', first],
    ['второе', evening],
    ['последнее', evening],
    ['№2', evening],
    ['в 9', first],
    ['то, что в 8 вечера', evening],
  ])('%s', (answer, at) => {
    expect(chosen(answer, 'отмени кино', russian)).toEqual({ action: 'cancel', query: 'кино', at });
  });

  test('may be all of them, to cancel', () => {
    expect(chosen('all')).toEqual({ action: 'cancel', query: 'leave', all: true });
    expect(chosen('все', 'отмени кино', russian)).toEqual({ action: 'cancel', query: 'кино', all: true });
    expect(chosen('all', 'snooze leave until 18:00')).toBe(question);
  });

  test('keeps how long to put it off', () => {
    expect(chosen('1', 'snooze leave until 18:00')).toEqual({
      action: 'snooze',
      query: 'leave',
      until: '2026-11-18T17:00:00.000Z',
      at: first,
    });
  });

  test('that fits several or none is asked again; another message is no answer', () => {
    expect(chosen('7')).toBe(question);
    expect(chosen('tomorrow')).toBe(question);
    expect(chosen('hello')).toMatch(/^Hello!/);
    expect(chosen('what time is it')).toEqual({});
    expect(chosen('remind me tomorrow at 9 to call Mum')).toMatchObject({ action: 'create' });
  });

  test('whose time has passed meanwhile finds none', () => {
    const later = { ...context, receivedAt: new Date('2026-11-19T08:00:01Z') };
    expect(understand('1', later, 'cancel leave', question)).toMatchObject({
      type: 'say',
      text: expect.stringMatching(/^I found no/),
    });
  });
});
