import type { Speaker } from './answer.ts';
import { fieldsOf, listIn, textIn, type Fields } from './fields.ts';
import type { SaidWeather } from './weather-says.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What the tool `weather` found out, in sentences; undefined when it can't be read. */
export function aboutWeather(_input: Fields, output: Fields, speaker: Speaker): string | undefined {
  const { weather } = speaker.says;
  const choices = output['ambiguous'];
  if (Array.isArray(choices))
    return weather.whichPlace(choices.map((name, index) => `${index + 1}. ${String(name)}`));
  const place = textIn(output, 'place');
  const days = listIn(output, 'days');
  if (place === undefined || !days || days.length === 0) return undefined;
  const now = output['now'] === undefined ? undefined : fieldsOf(output['now']);
  const lines = days.map((day, index) => {
    // Where it is another day already, that one goes with what is said of now.
    const name = now && index === 0 ? weather.today : dayName(textIn(day, 'date') ?? '', speaker);
    return weather.day(name, saidOf(day, speaker));
  });
  if (!now) return weather.forPlace(place, lines);
  const [today = '', ...later] = lines.map((line) => line.slice(0, 1).toUpperCase() + line.slice(1));
  return [`${weather.now(place, saidOf(now, speaker))} ${today}.`, ...later.map((line) => `${line}.`)].join(
    '\n',
  );
}

function saidOf(fields: Fields, { says }: Speaker): SaidWeather {
  const { conditions } = says.weather;
  return {
    condition: conditions ? conditions[Number(fields['weather_code'])] : textIn(fields, 'condition'),
    degrees: whole(fields['temperature_c']),
    feels_like: whole(fields['feels_like_c']),
    min: whole(fields['min_c']),
    max: whole(fields['max_c']),
    precipitation_percent: whole(fields['precipitation_percent']),
    wind: whole(fields['wind_kmh']),
  };
}

function whole(value: unknown): number | undefined {
  // Not −0.
  return typeof value === 'number' ? Math.round(value) + 0 : undefined;
}

/** "today", "tomorrow", "Mon 23 November". */
function dayName(date: string, { says, language, context }: Speaker): string {
  const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: context.timezone });
  if (date === isoDay.format(context.receivedAt)) return says.weather.today;
  if (date === isoDay.format(context.receivedAt.getTime() + DAY_MS)) return says.weather.tomorrow;
  const day = Date.parse(date);
  if (Number.isNaN(day)) return date;
  const words = { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru' : 'en-GB', words).format(day);
}
