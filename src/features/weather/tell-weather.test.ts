import { expect, onTestFinished, test } from 'vitest';
import { startOpenMeteo, type FakeTrouble } from '#test/fakes/open-meteo.ts';
import { createOpenMeteo } from './open-meteo.ts';
import { tellWeather, weatherInput } from './tell-weather.ts';

/** A Saturday; in Tokyo it is Sunday already. */
const now = new Date('2026-11-21T20:07:00Z');

async function weather({ request_ms = 5_000 } = {}) {
  const fake = await startOpenMeteo();
  onTestFinished(fake.close);
  fake.now = now;
  const client = createOpenMeteo({ weather: fake.url, geocoding: fake.url, request_ms });
  const tell = async (input: object, timezone = 'Europe/Berlin', signal = new AbortController().signal) =>
    await tellWeather(client, weatherInput.parse(input), { timezone, now, signal });
  return { fake, tell };
}

test('tells the weather now and today, with units, by the user’s clock', async () => {
  const { tell } = await weather();
  expect(await tell({ place: 'Berlin' })).toEqual({
    place: 'Berlin, State of Berlin, Germany',
    timezone: 'Europe/Berlin',
    now: {
      local: '2026-11-21T21:00:00+01:00[Europe/Berlin]',
      condition: 'light rain',
      weather_code: 61,
      temperature_c: 4.2,
      feels_like_c: 1.1,
      humidity_percent: 87,
      precipitation_mm: 0.3,
      wind_kmh: 14.4,
    },
    days: [
      {
        date: '2026-11-21',
        condition: 'light rain',
        weather_code: 61,
        min_c: 1.5,
        max_c: 7.4,
        precipitation_mm: 3.1,
        precipitation_percent: 80,
        wind_kmh: 20,
      },
    ],
  });
  expect(await tell({ place: 'Tokyo' })).toMatchObject({
    timezone: 'Asia/Tokyo',
    now: { local: '2026-11-21T21:00:00+01:00[Europe/Berlin]' },
    days: [{ date: '2026-11-22' }],
  });
});

test('tells of a day, or of several, and leaves out what is not known', async () => {
  const { tell } = await weather();
  const tomorrow = await tell({ place: 'berlin', date: '2026-11-22' });
  expect(tomorrow).toMatchObject({ days: [{ date: '2026-11-22', condition: 'overcast', max_c: 6.4 }] });
  expect(tomorrow).not.toHaveProperty('now');
  const last = await tell({ place: 'Berlin', date: '2026-12-05', days: 2 });
  expect(last).toMatchObject({ days: [{ date: '2026-12-05' }, { date: '2026-12-06' }] });
  expect(JSON.stringify(last)).not.toContain('precipitation_percent');
});

test('today is now, even where it is tomorrow already', async () => {
  const { tell } = await weather();
  expect(await tell({ place: 'Tokyo', date: '2026-11-21' })).toMatchObject({
    now: {},
    days: [{ date: '2026-11-22' }],
  });
});

test.each([
  ['Москве', 'Москва, Moscow, Россия'],
  ['Берлине', 'Берлин, State of Berlin, Германия'],
  ['Нижнем Новгороде', 'Нижний Новгород, Nizhny Novgorod, Россия'],
  ['Токио', 'Токио, Tokyo, Япония'],
  ['Springfield, Missouri', 'Springfield, Missouri, United States'],
  ['Springfield, massachusetts, USA', 'Springfield, Massachusetts, United States'],
  ['Berlin, US', 'Berlin, New Hampshire, United States'],
])('finds %s', async (place, found) => {
  const { tell } = await weather();
  expect(await tell({ place })).toHaveProperty('place', found);
});

test('without a place it is the city of the user’s zone', async () => {
  const { tell } = await weather();
  expect(await tell({}, 'Asia/Tokyo')).toMatchObject({ place: 'Tokyo, Japan' });
  expect(await tell({}, 'Etc/UTC')).toMatchObject({ code: 'place_missing' });
  expect(await tell({}, 'UTC')).toMatchObject({ code: 'place_missing' });
});

test('of places alike, the user is asked which', async () => {
  const { tell } = await weather();
  const choices = ['Springfield, Missouri, United States', 'Springfield, Massachusetts, United States'];
  expect(await tell({ place: 'Springfield' })).toEqual({ ambiguous: choices });
  expect(await tell({ place: 'Berlin, Texas' })).toMatchObject({
    ambiguous: ['Berlin, State of Berlin, Germany', 'Berlin, New Hampshire, United States'],
  });
  expect(await tell({ place: 'Atlantis' })).toEqual({
    error: 'there is no place "Atlantis"',
    code: 'no_such_place',
  });
});

test('a day that is over or too far away is said to be so', async () => {
  const { fake, tell } = await weather();
  expect(await tell({ place: 'Berlin', date: '2026-11-20' })).toMatchObject({ code: 'past_day' });
  expect(await tell({ place: 'Berlin', date: '2026-12-07' })).toMatchObject({ code: 'too_far' });
  expect(await tell({ place: 'Berlin', date: '2026-12-06', days: 2 })).toMatchObject({ code: 'too_far' });
  expect(fake.asked.filter((path) => path.startsWith('/v1/forecast'))).toEqual([]);
});

test.each<[FakeTrouble, string]>([
  ['down', 'The weather service answered 502'],
  [
    'refusing',
    'The weather service answered 400: Minutely API request limit exceeded. Please try again in one minute.',
  ],
  ['garbage', 'The weather service gave an answer that makes no sense'],
  ['no_json', 'The weather service gave an answer that makes no sense'],
])('a service that is %s is told of', async (trouble, error) => {
  const { fake, tell } = await weather();
  fake.trouble = trouble;
  expect(await tell({ place: 'Berlin' })).toEqual({ error, code: 'weather_unavailable' });
});

test('a service that is slow is told of', async () => {
  const { fake, tell } = await weather({ request_ms: 50 });
  fake.trouble = 'silent';
  expect(await tell({ place: 'Berlin' })).toEqual({
    error: 'The weather service did not answer in time',
    code: 'weather_unavailable',
  });
});

test('a service that is gone is told of; a call that is stopped ends', async () => {
  const { fake, tell } = await weather();
  fake.trouble = 'silent';
  const stop = new AbortController();
  const told = tell({ place: 'Berlin' }, 'UTC', stop.signal);
  stop.abort(new Error('stopped'));
  await expect(told).rejects.toThrow('stopped');
  const gone = createOpenMeteo({ weather: 'http://127.0.0.1:2', geocoding: 'http://127.0.0.1:2' });
  const signal = new AbortController().signal;
  expect(await tellWeather(gone, { place: 'Berlin' }, { timezone: 'UTC', now, signal })).toEqual({
    error: "The weather service can't be reached",
    code: 'weather_unavailable',
  });
});
