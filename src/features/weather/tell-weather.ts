import { z } from 'zod';
import type { JsonValue } from '#platform/db/index.ts';
import { isAppError } from '#platform/errors/index.ts';
import { findPlace, fullName } from './find-place.ts';
import type { OpenMeteo } from './open-meteo.ts';
import { reportOf } from './report.ts';

/** So far Open-Meteo looks ahead, today included. */
const FORECAST_DAYS = 16;

const DAY_MS = 24 * 60 * 60 * 1_000;

export const weatherInput = z.strictObject({
  place: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("City, region or country after commas; default the user's"),
  date: z.iso.date().optional().describe('First day; default today, with the weather now'),
  days: z.int().min(1).max(FORECAST_DAYS).optional().describe('Default 1'),
});

/** Who asks, and when. */
export interface Asking {
  timezone: string;
  now: Date;
  signal: AbortSignal;
}

/** The weather of a place as a model gets it; what stands in the way as `{error, code}`, which it can act on. */
export async function tellWeather(
  client: OpenMeteo,
  { place: words, date, days = 1 }: z.output<typeof weatherInput>,
  { timezone, now, signal }: Asking,
): Promise<JsonValue> {
  const named = words ?? cityOf(timezone);
  if (named === undefined)
    return { error: 'place is required: nothing says where the user is', code: 'place_missing' };
  try {
    const found = await findPlace(client, named, signal);
    if ('unknown' in found) return { error: `there is no place "${named}"`, code: 'no_such_place' };
    if ('ambiguous' in found) return { ambiguous: found.ambiguous.map(fullName) };
    const { place } = found;
    const wanted = { date: date === dayIn(timezone, now) ? undefined : date, days };
    const ahead =
      wanted.date === undefined ? 0 : daysBetween(dayIn(place.timezone ?? timezone, now), wanted.date);
    if (ahead < 0) return { error: 'that day is over; there is a forecast only', code: 'past_day' };
    if (ahead + days > FORECAST_DAYS)
      return { error: `the forecast covers ${FORECAST_DAYS} days from today`, code: 'too_far' };
    const forecast = await client.forecast(place, ahead + days, signal);
    const report = reportOf(forecast, wanted, timezone);
    return report
      ? { place: fullName(place), ...report }
      : { error: 'the weather service has no forecast for that day', code: 'too_far' };
  } catch (error) {
    if (isAppError(error)) return { error: error.message, code: 'weather_unavailable' };
    throw error;
  }
}

/** Zones are named after a city of theirs: all that is known of where somebody is. */
function cityOf(timezone: string): string | undefined {
  return timezone.startsWith('Etc/') ? undefined : timezone.split('/').slice(1).at(-1)?.replaceAll('_', ' ');
}

/** `2026-11-21`. */
function dayIn(timezone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(at);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
