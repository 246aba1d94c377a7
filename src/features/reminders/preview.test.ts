import { describe, expect, test } from 'vitest';

import { createReminder } from './contract.ts';
import { previewOfWords } from './preview.ts';

/** A Saturday afternoon in Berlin. */
const now = new Date('2026-11-21T13:00:00Z');
const reader = { now, timezone: 'Europe/Berlin', locale: 'en' };

const once = (text: string, trigger_at: string) => ({
  type: 'one_time',
  text,
  trigger_at: new Date(trigger_at),
});
const again = (text: string, cron_expression: string) => ({ type: 'recurring', text, cron_expression });
const counted = (text: string, first: string, rule: string) => ({
  type: 'recurring',
  text,
  rrule: `DTSTART:${first}\nRRULE:${rule}`,
});

describe('what is understood', () => {
  test.each([
    ['remind me to water the plants every weekday at 8:30', again('water the plants', '30 8 * * 1-5')],
    ['water the plants every weekday at 8:30', again('water the plants', '30 8 * * 1-5')],
    ['every weekday at 8:30 water the plants', again('water the plants', '30 8 * * 1-5')],
    ['Remind me tomorrow at 9 to call Mum.', once('call Mum', '2026-11-22T08:00:00Z')],
    ['tomorrow at 9 to call Mum', once('call Mum', '2026-11-22T08:00:00Z')],
    ['Call Mum, tomorrow at 9', once('Call Mum', '2026-11-22T08:00:00Z')],
    ['please remind me in 20 minutes to stretch', once('stretch', '2026-11-21T13:20:00Z')],
    ['stretch in 20 minutes', once('stretch', '2026-11-21T13:20:00Z')],
    ['don’t forget to lock the door tonight at 22:00', once('lock the door', '2026-11-21T21:00:00Z')],
    ['timer for 10 minutes', once('Reminder', '2026-11-21T13:10:00Z')],
    ['wake me up tomorrow at 7', once('Wake up', '2026-11-22T06:00:00Z')],
    ['about a boy: return it on Friday at 18:00', once('about a boy: return it', '2026-11-27T17:00:00Z')],
    ['напомни полить цветы по будням в 8:30', again('полить цветы', '30 8 * * 1-5')],
    ['полить цветы по будням в 8:30', again('полить цветы', '30 8 * * 1-5')],
    ['завтра в 9 позвонить маме', once('позвонить маме', '2026-11-22T08:00:00Z')],
    ['Напомни мне позвонить маме завтра в 9, пожалуйста', once('позвонить маме', '2026-11-22T08:00:00Z')],
    ['через 20 минут размяться', once('размяться', '2026-11-21T13:20:00Z')],
    ['не забудь выключить плиту через час', once('выключить плиту', '2026-11-21T14:00:00Z')],
    [
      'call Mum every second Friday at 9 for 4 weeks',
      counted('call Mum', '20261127T090000', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20261224T235959'),
    ],
    ['пить воду через день', counted('пить воду', '20261122T090000', 'FREQ=DAILY;INTERVAL=2')],
    ['разбуди меня завтра в 7', once('Пора вставать', '2026-11-22T06:00:00Z')],
  ])('%s', (text, expected) => {
    const { understood, question } = previewOfWords(text, reader);
    expect(understood).toEqual({ ...expected, timezone: 'Europe/Berlin' });
    expect(question).toBeNull();
    // what is understood is a reminder as it stands
    const sent: unknown = JSON.parse(JSON.stringify(understood));
    expect(createReminder.safeParse(sent)).toMatchObject({ success: true });
  });

  test('comes with the next three times and the rule in the words of the text', () => {
    expect(previewOfWords('tea every day at 9', reader)).toMatchObject({
      next: ['2026-11-22T08:00:00Z', '2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z'].map(
        (time) => new Date(time),
      ),
      local: [22, 23, 24].map((day) => `2026-11-${day}T09:00:00+01:00[Europe/Berlin]`),
      description: 'every day at 09:00',
    });
    expect(previewOfWords('чай каждый день в 9', reader).description).toBe('каждый день в 09:00');
    expect(previewOfWords('tea tomorrow at 9', reader).next).toEqual([new Date('2026-11-22T08:00:00Z')]);
  });

  test('is read in the zone asked for', () => {
    const { understood } = previewOfWords('tea tomorrow at 9', { ...reader, timezone: 'Asia/Tokyo' });
    expect(understood).toMatchObject({
      trigger_at: new Date('2026-11-22T00:00:00Z'),
      timezone: 'Asia/Tokyo',
    });
  });
});

describe('what is missing or unsure is asked for', () => {
  test.each([
    ['call Mum', /^When\?/],
    ['remind me to call Mum', /^When\?/],
    ['позвонить маме', /^Когда\?/],
    ['напомни позвонить маме', /^Когда\?/],
    ['tomorrow at 9', /^What shall/],
    ['завтра в 9', /^О чём/],
    ['call Mum soon', /^When exactly\?/],
    ['call Mum at 3 on Friday', /morning or/],
    ['позвонить маме вчера', /в прошлом/],
    ['call Mum every third Friday', /weeks/],
    ['pay rent on 30 February', /no such date/],
    ['pay rent every year on 30 February at 9', /\?/],
    ['12', /\?/],
    ['!?', /\?/],
  ])('%s', (text, question) => {
    expect(previewOfWords(text, reader)).toEqual({
      understood: null,
      next: [],
      local: [],
      description: null,
      question: expect.stringMatching(question) as string,
    });
  });
});
