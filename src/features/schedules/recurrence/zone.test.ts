import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test } from 'vitest';

import { seededRandom } from '#test/seeded-random.ts';
import { instantOf, localOf, offsetAt, offsetsEdition, transitionsBetween, useOffsets } from './zone.ts';

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(text);

afterEach(() => useOffsets());

/** Temporal's own reckoning, which asks Intl in another way: for the fields of the date. */
function temporalOffset(zone: string, instantMs: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

function temporalInstant(zone: string, localMs: number): number {
  return Temporal.Instant.fromEpochMilliseconds(localMs)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

describe('offsetAt', () => {
  test.each([
    ['UTC', '2026-01-01T00:00:00Z', 0],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -3.5],
    ['Pacific/Kiritimati', '2026-01-01T00:00:00Z', 14],
    ['Africa/Monrovia', '1971-06-01T00:00:00Z', -(44 + 30 / 60) / 60],
    ['Europe/Berlin', '9999-07-01T00:00:00Z', 2],
    ['europe/berlin', '2026-07-01T00:00:00Z', 2],
    ['+05:30', '2026-07-01T00:00:00Z', 5.5],
  ])('%s at %s', (zone, instant, hours) => {
    expect(offsetAt(zone, at(instant))).toBe(hours * HOUR_MS);
  });

  test('changes at the second', () => {
    const change = at('2026-03-29T01:00:00Z');
    expect(offsetAt('Europe/Berlin', change - 1)).toBe(HOUR_MS);
    expect(offsetAt('Europe/Berlin', change)).toBe(2 * HOUR_MS);
  });

  test('does not know a zone that is none', () => {
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow(RangeError);
  });
});

describe('every zone', () => {
  const random = seededRandom();

  test.each(Intl.supportedValuesOf('timeZone'))('%s is what Temporal says', (zone) => {
    for (let draw = 0; draw < 6; draw += 1) {
      const instant = random.between(at('0001-01-03T00:00:00Z') / 1_000, at('9999-12-29T00:00:00Z') / 1_000);
      expect(offsetAt(zone, instant * 1_000)).toBe(temporalOffset(zone, instant * 1_000));
    }
    const year = random.between(1900, 2045);
    for (const change of transitionsBetween(zone, Date.UTC(year, 0), Date.UTC(year + 5, 0))) {
      expect(temporalOffset(zone, change.at - 1)).toBe(change.before);
      expect(temporalOffset(zone, change.at)).toBe(change.after);
      const low = change.at + Math.min(change.before, change.after);
      const size = Math.abs(change.after - change.before);
      for (const local of [low - 1_000, low, low + size / 2, low + size - 1_000, low + size]) {
        expect(instantOf(zone, local)).toBe(temporalInstant(zone, local));
      }
    }
  });
});

describe('instantOf', () => {
  test.each([
    ['Europe/Berlin', '2025-03-30T02:30:00Z', '2025-03-30T01:30:00Z', 'gap'],
    ['Europe/Berlin', '2025-10-26T02:30:00Z', '2025-10-26T00:30:00Z', 'overlap'],
    ['Pacific/Apia', '2011-12-30T12:00:00Z', '2011-12-30T22:00:00Z', 'a day that was left out'],
    ['Asia/Manila', '1800-01-01T00:00:00Z', '1800-01-01T15:56:08Z', 'the furthest west there was'],
  ])('%s %s is %s (%s)', (zone, local, instant) => {
    expect(new Date(instantOf(zone, at(local)))).toEqual(new Date(instant));
  });
});

describe('transitionsBetween', () => {
  test('is in order, after the start and up to the end', () => {
    const spring = { at: at('2025-03-30T01:00:00Z'), before: HOUR_MS, after: 2 * HOUR_MS };
    const autumn = { at: at('2025-10-26T01:00:00Z'), before: 2 * HOUR_MS, after: HOUR_MS };
    expect(transitionsBetween('Europe/Berlin', spring.at - 1, autumn.at)).toEqual([spring, autumn]);
    expect(transitionsBetween('Europe/Berlin', spring.at, autumn.at - 1)).toEqual([]);
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Africa/Casablanca'])('misses none of %s', (zone) => {
    const from = at('1880-01-01T00:00:00Z');
    let before = offsetAt(zone, from);
    for (const change of transitionsBetween(zone, from, at('2100-01-01T00:00:00Z'))) {
      expect(change.before).toBe(before);
      before = change.after;
    }
  });

  test('goes on in the far future', () => {
    expect(
      transitionsBetween('America/New_York', at('9000-01-01T00:00:00Z'), at('9002-01-01T00:00:00Z')),
    ).toHaveLength(4);
  });
});

describe('useOffsets', () => {
  test('takes what another edition of the database says, to the second and twice a day', () => {
    const first = at('2026-05-05T10:00:01Z');
    const second = at('2026-05-05T11:00:00Z');
    const edition = offsetsEdition();
    useOffsets((_zone, instant) => (instant < first ? 0 : instant < second ? HOUR_MS : 90_000));
    expect(offsetsEdition()).toBeGreaterThan(edition);
    expect(
      transitionsBetween('Europe/Berlin', at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')),
    ).toEqual([
      { at: first, before: 0, after: HOUR_MS },
      { at: second, before: HOUR_MS, after: 90_000 },
    ]);
    expect(localOf('Europe/Berlin', second)).toBe(second + 90_000);
    useOffsets();
    expect(offsetAt('Europe/Berlin', second)).toBe(2 * HOUR_MS);
  });

  test('what was computed is kept', () => {
    let asked = 0;
    useOffsets(() => {
      asked += 1;
      return 0;
    });
    offsetAt('UTC', 0);
    const once = asked;
    offsetAt('UTC', 1);
    expect(asked).toBe(once);
  });
});
