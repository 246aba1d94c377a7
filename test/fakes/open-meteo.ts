import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A place as the geocoding service answers it. */
export interface FakePlace {
  id: number;
  name: string;
  /** In other languages than English. */
  names?: Record<string, string>;
  latitude: number;
  longitude: number;
  feature_code: string;
  country_code: string;
  country: string;
  countries?: Record<string, string>;
  admin1: string;
  population?: number;
  timezone: string;
}

type Country = Pick<FakePlace, 'country_code' | 'country' | 'countries'>;

const germany: Country = { country_code: 'DE', country: 'Germany', countries: { ru: 'Германия' } };
const states: Country = { country_code: 'US', country: 'United States' };
const russia: Country = { country_code: 'RU', country: 'Russia', countries: { ru: 'Россия' } };
const japan: Country = { country_code: 'JP', country: 'Japan', countries: { ru: 'Япония' } };

/** `names`: the English one, then the Russian one where it has one. */
function town(
  names: string,
  country: Country,
  [admin1, timezone]: [admin1: string, timezone: string],
  [latitude, longitude, population]: [latitude: number, longitude: number, population: number],
): FakePlace {
  const [name = '', ru] = names.split('|');
  const feature_code = population > 2_000_000 ? 'PPLC' : 'PPL';
  return {
    id: population,
    name,
    ...(ru !== undefined && { names: { ru } }),
    latitude,
    longitude,
    feature_code,
    ...country,
    admin1,
    population,
    timezone,
  };
}

/** What it knows: figures of GeoNames. */
export const fakePlaces: readonly FakePlace[] = [
  town('Berlin|Берлин', germany, ['State of Berlin', 'Europe/Berlin'], [52.52437, 13.41053, 3426354]),
  town('Berlin', states, ['New Hampshire', 'America/New_York'], [44.46867, -71.18508, 9367]),
  town('Moscow|Москва', russia, ['Moscow', 'Europe/Moscow'], [55.75222, 37.61556, 10381222]),
  town('Nizhny Novgorod|Нижний Новгород', russia, ['Nizhny Novgorod', 'Europe/Moscow'], [56.3, 44, 1259013]),
  town('Springfield', states, ['Missouri', 'America/Chicago'], [37.21533, -93.29824, 166810]),
  town('Springfield', states, ['Massachusetts', 'America/New_York'], [42.10148, -72.58981, 154341]),
  town('Tokyo|Токио', japan, ['Tokyo', 'Asia/Tokyo'], [35.6895, 139.69171, 9733276]),
];

/** How it fails; unset, it doesn't. */
export type FakeTrouble = 'down' | 'refusing' | 'garbage' | 'no_json' | 'silent';

export interface FakeOpenMeteo {
  /** Both `WEATHER_API_ROOT` and `GEOCODING_API_ROOT`. */
  url: string;
  /** What it was asked, path and query, in order. */
  asked: string[];
  trouble: FakeTrouble | undefined;
  /** The instant it takes for now. */
  now: Date;
  close(): Promise<void>;
}

/** Variables it knows, with their units and a figure for the n-th day (0 for now). */
const current: Record<string, [unit: string, value: number]> = {
  weather_code: ['wmo code', 61],
  temperature_2m: ['°C', 4.2],
  apparent_temperature: ['°C', 1.1],
  relative_humidity_2m: ['%', 87],
  precipitation: ['mm', 0.3],
  wind_speed_10m: ['km/h', 14.4],
};
const daily: Record<string, [unit: string, value: (day: number) => number | null]> = {
  weather_code: ['wmo code', (day) => [61, 3, 71, 0][day % 4]!],
  temperature_2m_min: ['°C', (day) => 1.5 - day],
  temperature_2m_max: ['°C', (day) => 7.4 - day],
  precipitation_sum: ['mm', (day) => (day === 0 ? 3.1 : 0)],
  precipitation_probability_max: ['%', (day) => (day > 10 ? null : 80 - day * 5)],
  wind_speed_10m_max: ['km/h', (day) => 20 + day],
};

/**
 * Open-Meteo's two services in one, as strict as they are: unknown variables, days out of range and missing places are
 * refused with 400 and a reason. `/v1/search` and `/v1/forecast`.
 */
export async function startOpenMeteo({ port = 0 } = {}): Promise<FakeOpenMeteo> {
  const server = createServer((request, response) => answer(request, response, fake));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeOpenMeteo = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    trouble: undefined,
    now: new Date(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

function answer(request: IncomingMessage, response: ServerResponse, fake: FakeOpenMeteo): void {
  const url = new URL(request.url ?? '/', fake.url);
  fake.asked.push(decodeURIComponent(url.pathname + url.search));
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  };
  const refuse = (reason: string) => send(400, { error: true, reason });
  if (fake.trouble === 'silent') return;
  if (fake.trouble === 'down') response.writeHead(502).end('<html>Bad Gateway</html>');
  else if (fake.trouble === 'refusing')
    refuse('Minutely API request limit exceeded. Please try again in one minute.');
  else if (fake.trouble === 'garbage') send(200, { results: [{ name: 1 }], current: 'sunny' });
  else if (fake.trouble === 'no_json') response.end('{"results": [');
  else if (url.pathname === '/v1/search') searched(url.searchParams, send, refuse);
  else if (url.pathname === '/v1/forecast') forecasted(url.searchParams, fake.now, send, refuse);
  else send(404, { error: true, reason: 'Not Found' });
}

type Send = (status: number, body: unknown) => void;
type Refuse = (reason: string) => void;

function searched(query: URLSearchParams, send: Send, refuse: Refuse): void {
  const name = query.get('name');
  const count = Number(query.get('count') ?? 10);
  const language = query.get('language') ?? 'en';
  if (name === null) return refuse('Parameter name is required.');
  if (!(count >= 1 && count <= 100)) return refuse('Parameter count must be between 1 and 100.');
  const results = fakePlaces
    .filter((place) => [place.name, ...Object.values(place.names ?? {})].some((known) => same(known, name)))
    .slice(0, count)
    .map(({ names, countries, ...place }) => ({
      ...place,
      name: names?.[language] ?? place.name,
      country: countries?.[language] ?? place.country,
    }));
  send(200, { ...(results.length > 0 && { results }), generationtime_ms: 0.5 });
}

const same = (known: string, name: string) => known.toLowerCase() === name.toLowerCase();

function forecasted(query: URLSearchParams, now: Date, send: Send, refuse: Refuse): void {
  const latitude = Number(query.get('latitude') ?? Number.NaN);
  const longitude = Number(query.get('longitude') ?? Number.NaN);
  const days = Number(query.get('forecast_days') ?? 7);
  if (!(Math.abs(latitude) <= 90)) return refuse('Latitude must be in range of -90 to 90°. Given: nan.');
  if (!(Math.abs(longitude) <= 180)) return refuse('Longitude must be in range of -180 to 180°. Given: nan.');
  if (!(days >= 0 && days <= 16))
    return refuse(`Forecast days is invalid. Allowed range 0 to 16. Given ${days}.`);
  const currents = query.get('current')?.split(',') ?? [];
  const dailies = query.get('daily')?.split(',') ?? [];
  const unknown = [...currents.filter((name) => !current[name]), ...dailies.filter((name) => !daily[name])];
  if (unknown.length > 0)
    return refuse(
      `Data corrupted at path ''. Cannot initialize ForecastVariable from invalid String value ${unknown[0]}.`,
    );
  if (dailies.length > 0 && !query.has('timezone')) return refuse('Timezone is required');
  const timezone = query.get('timezone') ?? 'GMT';
  const zone = timezone === 'auto' ? nearest(latitude, longitude) : timezone;
  const offset = offsetOf(zone, now);
  const local = (at: number) => new Date(at + offset * 1_000).toISOString();
  const times = Array.from({ length: days }, (_, day) =>
    local(now.getTime() + day * 86_400_000).slice(0, 10),
  );
  const quarter = 15 * 60_000;
  send(200, {
    latitude,
    longitude,
    generationtime_ms: 0.1,
    utc_offset_seconds: offset,
    timezone: zone,
    timezone_abbreviation: 'GMT',
    elevation: 38,
    current_units: { time: 'iso8601', interval: 'seconds', ...pick(currents, (name) => current[name]![0]) },
    current: {
      time: local(Math.floor(now.getTime() / quarter) * quarter).slice(0, 16),
      interval: 900,
      ...pick(currents, (name) => current[name]![1]),
    },
    daily_units: { time: 'iso8601', ...pick(dailies, (name) => daily[name]![0]) },
    daily: { time: times, ...pick(dailies, (name) => times.map((_, day) => daily[name]![1](day))) },
  });
}

function pick<T>(names: string[], value: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

function nearest(latitude: number, longitude: number): string {
  const distance = (place: FakePlace) => Math.hypot(place.latitude - latitude, place.longitude - longitude);
  return fakePlaces.toSorted((left, right) => distance(left) - distance(right))[0]!.timezone;
}

function offsetOf(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
}
