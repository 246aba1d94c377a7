import { expect, test } from 'vitest';

import { createSettling, schedulerState } from './scheduler-state.ts';

function scheduler(fields: { beat_age_ms?: number; progress_age_ms?: number } = {}) {
  const rest = { host: 'here', pid: 1, since: '2026-01-01T00:00:00.000Z' };
  return { ...rest, services: ['scheduler'], beat_age_ms: 900, progress_age_ms: 3_600_000, ...fields };
}
const api = { ...scheduler(), services: ['api'] };

test.each([
  ['well', null, [scheduler()], undefined],
  ['well', 4_900, [scheduler()], undefined],
  ['stalled', 5_100, [scheduler()], 'at work, but what is due has waited for 5 s'],
  ['catching_up', 7_200_000, [scheduler({ progress_age_ms: 400 })], 'catching up, 7200 s behind'],
  ['stalled', null, [scheduler({ beat_age_ms: 5_100 })], 'no sign of life for 5 s'],
  // Before a step back of the clock.
  ['stalled', null, [scheduler({ beat_age_ms: -3_600_000 })], 'no sign of life for 3600 s'],
  ['well', null, [scheduler({ beat_age_ms: 60_000 }), scheduler()], undefined],
  ['absent', null, [api], 'no process runs it'],
  ['stalled', 10, [api], 'no process runs it; what is due has waited for 0 s'],
  // Due is locked: the beats decide.
  ['well', Number.NaN, [scheduler()], undefined],
  ['absent', Number.NaN, [api], 'no process runs it'],
  ['stalled', Number.NaN, [scheduler({ beat_age_ms: 6_000 })], 'no sign of life for 6 s'],
])('%s, %d ms late', (state, lag_ms, processes, detail) => {
  expect(schedulerState({ processes, lag_ms })).toMatchObject({ state, ...(detail && { detail }) });
});

function settling() {
  let now = 0;
  const { saw, inDoubt } = createSettling(() => now);
  return { after: (ms: number, stalled: boolean) => ((now += ms), saw(stalled)), inDoubt };
}

test('nothing is settled before looks have said the same for a while', () => {
  const { after, inDoubt } = settling();
  expect(after(0, true)).toBeUndefined();
  expect(after(1_000, true)).toBeUndefined();
  expect(inDoubt()).toBe(true);
  expect(after(500, true)).toBe(true);
  expect(inDoubt()).toBe(false);
  expect(after(2_000, false)).toBe(true);
  expect(inDoubt()).toBe(true);
  expect(after(2_000, false)).toBe(false);
});

test('what changes back within the moment was nothing', () => {
  const { after } = settling();
  after(0, false);
  expect(after(2_000, false)).toBe(false);
  expect(after(1_000, true)).toBe(false);
  expect(after(1_000, false)).toBe(false);
  expect(after(1_000, true)).toBe(false);
});

test('a look long after the last one begins anew: this process may have stood still', () => {
  const { after } = settling();
  after(0, true);
  expect(after(60_000, true)).toBeUndefined();
  expect(after(2_000, true)).toBe(true);
});
