import { localTimeOf } from '#features/schedules/index.ts';
import { conditionOf } from './conditions.ts';
import type { Forecast } from './open-meteo.ts';

/** What is asked about a place. */
export interface Wanted {
  /** The first day, `2026-11-22`; undefined: today, with the weather now. */
  date: string | undefined;
  days: number;
}

/**
 * What models get: units are in the names of the fields, what isn't known is left out. Days are those of the place,
 * "now" is by the user's clock.
 */
export function reportOf(
  { current, daily, timezone, utc_offset_seconds }: Forecast,
  { date, days }: Wanted,
  userZone: string,
) {
  const from = date === undefined ? 0 : daily.time.indexOf(date);
  if (from < 0) return undefined;
  const observed = Date.parse(`${current.time}Z`) - utc_offset_seconds * 1_000;
  return {
    timezone,
    ...(date === undefined && {
      now: {
        ...(!Number.isNaN(observed) && { local: localTimeOf(new Date(observed), userZone) }),
        ...weather(current.weather_code),
        ...known('temperature_c', current.temperature_2m),
        ...known('feels_like_c', current.apparent_temperature),
        ...known('humidity_percent', current.relative_humidity_2m),
        ...known('precipitation_mm', current.precipitation),
        ...known('wind_kmh', current.wind_speed_10m),
      },
    }),
    days: daily.time.slice(from, from + days).map((day, index) => {
      const at = from + index;
      return {
        date: day,
        ...weather(daily.weather_code[at]),
        ...known('min_c', daily.temperature_2m_min[at]),
        ...known('max_c', daily.temperature_2m_max[at]),
        ...known('precipitation_mm', daily.precipitation_sum[at]),
        ...known('precipitation_percent', daily.precipitation_probability_max[at]),
        ...known('wind_kmh', daily.wind_speed_10m_max[at]),
      };
    }),
  };
}

function weather(code: number | null | undefined): { condition?: string; weather_code?: number } {
  if (code === null || code === undefined) return {};
  const condition = conditionOf(code);
  return { ...(condition !== undefined && { condition }), weather_code: code };
}

function known<N extends string>(name: N, value: number | null | undefined): Partial<Record<N, number>> {
  return value === null || value === undefined ? {} : ({ [name]: value } as Record<N, number>);
}
