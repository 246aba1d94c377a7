import type { SaidWeather, WeatherSays } from './weather-says.ts';

const joined = (parts: Array<string | undefined | false>) => parts.filter(Boolean).join(', ');

function temperature({ min, max }: SaidWeather): string | undefined {
  if (min === undefined || max === undefined) return undefined;
  return min === max ? `${max} °C` : `${min} to ${max} °C`;
}

export const weatherInEnglish: WeatherSays = {
  conditions: {
    0: 'clear sky',
    1: 'mainly clear',
    2: 'partly cloudy',
    3: 'overcast',
    45: 'fog',
    48: 'fog with rime',
    51: 'light drizzle',
    53: 'drizzle',
    55: 'heavy drizzle',
    56: 'freezing drizzle',
    57: 'freezing drizzle',
    61: 'light rain',
    63: 'rain',
    65: 'heavy rain',
    66: 'freezing rain',
    67: 'freezing rain',
    71: 'light snow',
    73: 'snow',
    75: 'heavy snow',
    77: 'snow grains',
    80: 'light showers',
    81: 'showers',
    82: 'violent showers',
    85: 'snow showers',
    86: 'heavy snow showers',
    95: 'thunderstorm',
    96: 'thunderstorm with hail',
    99: 'thunderstorm with hail',
  },
  today: 'today',
  tomorrow: 'tomorrow',
  now: (place, { condition, degrees, feels_like, wind }) =>
    `${place}, now: ${joined([
      degrees !== undefined && `${degrees} °C`,
      feels_like !== undefined && feels_like !== degrees && `feels like ${feels_like} °C`,
      condition,
      wind !== undefined && `wind ${wind} km/h`,
    ])}.`,
  day: (day, weather) =>
    `${day}: ${joined([
      temperature(weather),
      weather.condition,
      weather.precipitation_percent !== undefined &&
        `${weather.precipitation_percent} % chance of rain or snow`,
      weather.wind !== undefined && `wind up to ${weather.wind} km/h`,
    ])}`,
  forPlace: (place, days) => `${place}, ${days.join('.\n')}.`,
  whichPlace: (lines) => `Which one do you mean? Answer with its number:\n${lines.join('\n')}`,
  whichAnswer: /^Which one do you mean\? Answer with its number:\n/,
  askPlace: 'The weather where? For example “Berlin”.',
  problems: {
    no_such_place: (place) => `I found no place called “${place}”.`,
    past_day: () => 'That day is over, and I know forecasts only.',
    too_far: () => 'The forecast doesn’t go that far: 16 days at most.',
    weather_unavailable: () => 'The weather service doesn’t answer as it should. Please try again later.',
  },
};
