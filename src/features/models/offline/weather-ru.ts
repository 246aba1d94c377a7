import type { SaidWeather, WeatherSays } from './weather-says.ts';

const joined = (parts: Array<string | undefined | false>) => parts.filter(Boolean).join(', ');

function temperature({ min, max }: SaidWeather): string | undefined {
  if (min === undefined || max === undefined) return undefined;
  return min === max ? `${max} °C` : `от ${min} до ${max} °C`;
}

export const weatherInRussian: WeatherSays = {
  conditions: {
    0: 'ясно',
    1: 'в основном ясно',
    2: 'переменная облачность',
    3: 'пасмурно',
    45: 'туман',
    48: 'туман с изморозью',
    51: 'лёгкая морось',
    53: 'морось',
    55: 'сильная морось',
    56: 'ледяная морось',
    57: 'ледяная морось',
    61: 'небольшой дождь',
    63: 'дождь',
    65: 'сильный дождь',
    66: 'ледяной дождь',
    67: 'ледяной дождь',
    71: 'небольшой снег',
    73: 'снег',
    75: 'сильный снег',
    77: 'снежная крупа',
    80: 'небольшой ливень',
    81: 'ливень',
    82: 'сильный ливень',
    85: 'снежный заряд',
    86: 'сильный снежный заряд',
    95: 'гроза',
    96: 'гроза с градом',
    99: 'гроза с градом',
  },
  today: 'сегодня',
  tomorrow: 'завтра',
  now: (place, { condition, degrees, feels_like, wind }) =>
    `${place}, сейчас: ${joined([
      degrees !== undefined && `${degrees} °C`,
      feels_like !== undefined && feels_like !== degrees && `ощущается как ${feels_like} °C`,
      condition,
      wind !== undefined && `ветер ${wind} км/ч`,
    ])}.`,
  day: (day, weather) =>
    `${day}: ${joined([
      temperature(weather),
      weather.condition,
      weather.precipitation_percent !== undefined && `вероятность осадков ${weather.precipitation_percent} %`,
      weather.wind !== undefined && `ветер до ${weather.wind} км/ч`,
    ])}`,
  forPlace: (place, days) => `${place}, ${days.join('.\n')}.`,
  whichPlace: (lines) => `Какое место? Ответьте номером:\n${lines.join('\n')}`,
  whichAnswer: /^Какое место\? Ответьте номером:\n/,
  askPlace: 'Где узнать погоду? Например: «Москва».',
  problems: {
    no_such_place: (place) => `Я не нашёл места «${place}».`,
    past_day: () => 'Этот день уже прошёл, а я знаю только прогнозы.',
    too_far: () => 'Так далеко прогноза нет: самое большее на 16 дней.',
    weather_unavailable: () => 'Служба погоды не отвечает как следует. Попробуйте позже.',
  },
};
