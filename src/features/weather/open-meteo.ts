import { z } from 'zod';
import { AppError, isAppError, messageOf } from '#platform/errors/index.ts';

/** More places of one name than this are not told apart. */
const PLACES = 10;

const place = z.object({
  name: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  feature_code: z.string().optional(),
  country: z.string().optional(),
  country_code: z.string().optional(),
  admin1: z.string().optional(),
  population: z.number().optional(),
  timezone: z.string().optional(),
});

const places = z.object({ results: z.array(place).default([]) });

/** Models have gaps: what isn't known is null, or not there at all. */
const figure = z.number().nullish();
const series = z.array(z.number().nullable()).default([]);

const forecast = z.object({
  timezone: z.string(),
  utc_offset_seconds: z.number(),
  current: z.object({
    time: z.string(),
    weather_code: figure,
    temperature_2m: figure,
    apparent_temperature: figure,
    relative_humidity_2m: figure,
    precipitation: figure,
    wind_speed_10m: figure,
  }),
  daily: z.object({
    time: z.array(z.iso.date()),
    weather_code: series,
    temperature_2m_min: series,
    temperature_2m_max: series,
    precipitation_sum: series,
    precipitation_probability_max: series,
    wind_speed_10m_max: series,
  }),
});

/** A place as the geocoding service knows it. */
export type Place = z.output<typeof place>;

/** Local times are by the clocks of the place, without an offset. */
export type Forecast = z.output<typeof forecast>;

/**
 * Open-Meteo: https://open-meteo.com/en/docs, https://open-meteo.com/en/docs/geocoding-api.
 * Both throw AppError `weather.unavailable` when the service doesn't answer as it should.
 */
export interface OpenMeteo {
  /** Places of a name, the most important first. `language`: of their names, e.g. `ru`. */
  search(name: string, language: string, signal: AbortSignal): Promise<Place[]>;
  /** Now, and `days` days from the place's today on, 16 at most. Degrees Celsius, km/h, mm. */
  forecast(of: Place, days: number, signal: AbortSignal): Promise<Forecast>;
}

export interface OpenMeteoOptions {
  /** Where each of the two services is; the operator's choice, so they are called without the guard. */
  weather: string;
  geocoding: string;
  /** For the whole of one request. Default 6,000. */
  request_ms?: number;
}

export function createOpenMeteo({ weather, geocoding, request_ms = 6_000 }: OpenMeteoOptions): OpenMeteo {
  const ask = asking(request_ms);
  return {
    search: async (name, language, signal) => {
      const query = { name, count: String(PLACES), language, format: 'json' };
      return (await ask(`${geocoding}/v1/search`, query, places, signal)).results;
    },
    forecast: async ({ latitude, longitude, timezone }, days, signal) => {
      const query = {
        latitude: String(latitude),
        longitude: String(longitude),
        timezone: timezone ?? 'auto',
        forecast_days: String(days),
        current: Object.keys(forecast.shape.current.shape)
          .filter((name) => name !== 'time')
          .join(','),
        daily: Object.keys(forecast.shape.daily.shape)
          .filter((name) => name !== 'time')
          .join(','),
      };
      return await ask(`${weather}/v1/forecast`, query, forecast, signal);
    },
  };
}

function asking(request_ms: number) {
  return async <S extends z.ZodType>(
    url: string,
    query: Record<string, string>,
    schema: S,
    signal: AbortSignal,
  ): Promise<z.output<S>> => {
    const late = AbortSignal.timeout(request_ms);
    try {
      const answer = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
        signal: AbortSignal.any([signal, late]),
        headers: { accept: 'application/json' },
      });
      const body: unknown = await answer.json().catch((error: unknown) => {
        // Cut off or too slow is something else than no JSON.
        if (error instanceof SyntaxError) return undefined;
        throw error;
      });
      if (!answer.ok) throw unavailable(`answered ${answer.status}${reasonOf(body)}`);
      const parsed = schema.safeParse(body);
      if (!parsed.success) throw unavailable('gave an answer that makes no sense');
      return parsed.data;
    } catch (error) {
      signal.throwIfAborted();
      if (isAppError(error)) throw error;
      throw unavailable(late.aborted ? 'did not answer in time' : "can't be reached", error);
    }
  };
}

/** Both services say what is wrong as `{"error": true, "reason": "…"}`. */
function reasonOf(body: unknown): string {
  const told = z.object({ reason: z.string() }).safeParse(body);
  return told.success ? `: ${told.data.reason.slice(0, 300)}` : '';
}

function unavailable(what: string, cause?: unknown): AppError {
  return new AppError({
    code: 'weather.unavailable',
    kind: 'unavailable',
    message: `The weather service ${what}`,
    ...(cause !== undefined && { cause: messageOf(cause) }),
  });
}
