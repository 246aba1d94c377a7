import { describe, expect, it } from 'vitest';
import type { Reminder } from '../reminder.ts';
import { creationOf, draftOf, draftOfWords, editOf, emptyDraft } from './reminder-draft.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const once = {
  payload: { text: 'Call Bo' },
  title: null,
  type: 'one_time',
  trigger_at: '2026-12-01T08:00:00Z',
  cron_expression: null,
  timezone: 'Europe/Berlin',
  catch_up: 'latest',
  nag_every_s: null,
  jitter_s: 0,
} as unknown as Reminder;
const daily = { ...once, type: 'recurring', trigger_at: null, cron_expression: '30 8 * * *' } as Reminder;

it('begins tomorrow morning in the zone', () => {
  const late = Date.parse('2026-11-21T23:30:00Z');
  expect(emptyDraft(late, 'Europe/Berlin')).toMatchObject({ date: '2026-11-23', time: '09:00' });
});

it('takes over what was understood of words, and keeps the rest', () => {
  const draft = { ...emptyDraft(now, 'UTC'), title: 'Kept' };
  const understood = {
    text: 'Stretch',
    type: 'recurring',
    cron_expression: '0 11 * * 1-5',
    timezone: 'Europe/Berlin',
  } as const;
  expect(creationOf(draftOfWords(draft, understood))).toEqual({
    type: 'recurring',
    text: 'Stretch',
    title: 'Kept',
    cron_expression: '0 11 * * 1-5',
    timezone: 'Europe/Berlin',
    catch_up: 'latest',
  });
});

it('is nothing to send without text or time', () => {
  const draft = draftOf(once, now);
  expect(creationOf(draft)).toEqual({
    type: 'one_time',
    text: 'Call Bo',
    local_time: '2026-12-01T09:00',
    timezone: 'Europe/Berlin',
  });
  expect(creationOf({ ...draft, text: ' ' })).toBeUndefined();
  expect(creationOf({ ...draft, date: '' })).toBeUndefined();
});

it('has a rule as calendars write it', () => {
  const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR';
  const draft = draftOf({ ...daily, cron_expression: null, rrule }, now);
  expect(creationOf(draft)).toMatchObject({ type: 'recurring', rrule });
  expect(creationOf(draft)).not.toHaveProperty('cron_expression');
  const everyDay = { ...draft, rule: { ...draft.rule, preset: 'daily' } } as const;
  expect(editOf(draft, everyDay)).toEqual({ cron_expression: '0 9 * * *', timezone: 'Europe/Berlin' });
});

it('asks again by the minute, and comes later by the second', () => {
  const before = draftOf({ ...daily, nag_every_s: 90, jitter_s: 30 }, now);
  expect(creationOf(before)).toMatchObject({ nag_every_s: 90, jitter_s: 30 });
  expect(editOf(before, before)).toEqual({});
  expect(editOf(before, { ...before, nagMinutes: ' ', jitterSeconds: '' })).toEqual({
    nag_every_s: null,
    jitter_s: 0,
  });
  expect(creationOf({ ...before, type: 'one_time' })).not.toHaveProperty('jitter_s');
  expect(editOf(before, { ...before, type: 'one_time' })).toMatchObject({ jitter_s: 0 });
});

describe('an edit', () => {
  it('is what was changed, without a time that stays', () => {
    const before = draftOf(daily, now);
    expect(editOf(before, before)).toEqual({});
    expect(editOf(before, { ...before, text: 'Call Al', title: ' Family ' })).toEqual({
      text: 'Call Al',
      title: 'Family',
    });
    expect(editOf({ ...before, title: 'Family' }, { ...before, title: '' })).toEqual({ title: null });
  });

  it('of the time names its zone', () => {
    const before = draftOf(once, now);
    expect(editOf(before, { ...before, time: '10:00' })).toEqual({
      local_time: '2026-12-01T10:00',
      timezone: 'Europe/Berlin',
    });
  });

  it('of the zone keeps what the clock shows', () => {
    const before = draftOf(once, now);
    expect(editOf(before, { ...before, timezone: 'Asia/Tokyo' })).toEqual({
      local_time: '2026-12-01T09:00',
      timezone: 'Asia/Tokyo',
    });
    const rule = draftOf(daily, now);
    expect(editOf(rule, { ...rule, timezone: 'Asia/Tokyo' })).toEqual({ timezone: 'Asia/Tokyo' });
  });

  it('makes one that comes once of one that repeats', () => {
    const before = draftOf(daily, now);
    expect(editOf(before, { ...before, type: 'one_time', date: '2026-12-24', time: '18:00' })).toEqual({
      local_time: '2026-12-24T18:00',
      timezone: 'Europe/Berlin',
    });
  });
});
