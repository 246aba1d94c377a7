import type { SaidWeather, WeatherSays } from './weather-says.ts';

const joined = (parts: Array<string | undefined | false>) => parts.filter(Boolean).join(', ');

function temperature({ min, max }: SaidWeather): string | undefined {
  if (min === undefined || max === undefined) return undefined;
  return min === max ? `${max} °C` : `${min} to ${max} °C`;
}

export const weatherInEnglish: WeatherSays = {
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
