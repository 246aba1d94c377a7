import { describe, expect, test } from 'vitest';
import { answerFrom } from './answer.ts';
import { saysIn } from './says-in.ts';
import { understand } from './understand.ts';

/** A Wednesday, 14:05 in Berlin. */
const receivedAt = new Date('2026-11-18T13:05:00Z');
const context = { now: receivedAt, receivedAt, timezone: 'Europe/Berlin', locale: 'en' };

function planned(text: string, asked?: string, question?: string): unknown {
  const plan = understand(text, context, asked, question);
  return plan.type === 'call' ? { [plan.tool]: plan.input } : plan.text;
}

const TOMORROW = '2026-11-19';
const FRIDAY = '2026-11-20';
const SATURDAY = '2026-11-21';
const MONDAY = '2026-11-23';

describe('questions about the weather', () => {
  test.each([
    ['weather', {}],
    ['what is the weather?', {}],
    ["what's the weather like?", {}],
    ['how is the weather today', {}],
    ['what’s the weather like right now?', {}],
    ['weather in Berlin', { place: 'Berlin' }],
    ['Weather Berlin', { place: 'Berlin' }],
    ['Berlin weather', { place: 'Berlin' }],
    ['Berlin weather tomorrow', { place: 'Berlin', date: TOMORROW }],
    ['weather in Berlin tomorrow', { place: 'Berlin', date: TOMORROW }],
    ['weather tomorrow in Berlin', { place: 'Berlin', date: TOMORROW }],
    ["what's the weather in New York on Friday?", { place: 'New York', date: FRIDAY }],
    [
      'What is the weather going to be like in Paris, Texas tomorrow?',
      { place: 'Paris, Texas', date: TOMORROW },
    ],
    ['what will the weather be like tomorrow in Rome', { place: 'Rome', date: TOMORROW }],
    ['how will the weather be on 25 November in Oslo', { place: 'Oslo', date: '2026-11-25' }],
    ['how’s the weather in Tokyo today?', { place: 'Tokyo' }],
    ['tell me the weather in London please', { place: 'London' }],
    ['weather forecast for Munich', { place: 'Munich' }],
    ['forecast for the weekend in Munich', { place: 'Munich', date: SATURDAY, days: 2 }],
    ['forecast for next week', { date: MONDAY, days: 7 }],
    ['weather this week in Oslo', { place: 'Oslo', days: 7 }],
    ['forecast for the next 3 days in Oslo', { place: 'Oslo', days: 3 }],
    ['5 day forecast for Oslo', { place: 'Oslo', days: 5 }],
    ['weather in 3 days in Berlin', { place: 'Berlin', date: SATURDAY }],
    ['weather the day after tomorrow', { date: FRIDAY }],
    ["tomorrow's weather", { date: TOMORROW }],
    ['tomorrow weather in Prague', { place: 'Prague', date: TOMORROW }],
    ['temperature in Moscow', { place: 'Moscow' }],
    ["what's the temperature outside?", {}],
    ['will it rain tomorrow?', { date: TOMORROW }],
    ['will it rain in Berlin tomorrow', { place: 'Berlin', date: TOMORROW }],
    ['is it going to snow on Friday in Oslo?', { place: 'Oslo', date: FRIDAY }],
    ['is it raining in London?', { place: 'London' }],
    ['is it cold outside', {}],
    ['how cold is it in Moscow?', { place: 'Moscow' }],
    ['how hot will it be tomorrow in Cairo', { place: 'Cairo', date: TOMORROW }],
    ['do I need an umbrella tomorrow?', { date: TOMORROW }],
    ['should I take a coat', {}],
    ['will it be sunny at the weekend?', { date: SATURDAY, days: 2 }],
    ['какая погода?', {}],
    ['погода', {}],
    ['какая сейчас погода', {}],
    ['какая сегодня погода', {}],
    ['какая погода в Москве', { place: 'Москве' }],
    ['Какая погода сегодня в Москве?', { place: 'Москве' }],
    ['какая погода в Москве завтра', { place: 'Москве', date: TOMORROW }],
    ['какая завтра будет погода в Нижнем Новгороде?', { place: 'Нижнем Новгороде', date: TOMORROW }],
    ['какая будет погода завтра в Сочи', { place: 'Сочи', date: TOMORROW }],
    ['какая в Берлине погода', { place: 'Берлине' }],
    ['погода Москва', { place: 'Москва' }],
    ['погода в Нью-Йорке на завтра', { place: 'Нью-Йорке', date: TOMORROW }],
    ['погода на выходных в Казани', { place: 'Казани', date: SATURDAY, days: 2 }],
    ['погода на неделю', { days: 7 }],
    ['погода на следующей неделе', { date: MONDAY, days: 7 }],
    ['погода на 3 дня в Омске', { place: 'Омске', days: 3 }],
    ['прогноз погоды на завтра', { date: TOMORROW }],
    ['прогноз на пятницу в Париже', { place: 'Париже', date: FRIDAY }],
    ['покажи прогноз погоды для Лондона', { place: 'Лондона' }],
    ['что с погодой в Сочи?', { place: 'Сочи' }],
    ['что там с погодой', {}],
    ['скажи погоду на завтра', { date: TOMORROW }],
    ['а какая погода послезавтра?', { date: FRIDAY }],
    ['погода в Осло 25 ноября', { place: 'Осло', date: '2026-11-25' }],
    ['какая температура в Москве', { place: 'Москве' }],
    ['сколько градусов в Москве', { place: 'Москве' }],
    ['сколько сейчас градусов на улице', {}],
    ['будет ли завтра дождь?', { date: TOMORROW }],
    ['будет завтра дождь в Москве', { place: 'Москве', date: TOMORROW }],
    ['завтра будет дождь?', { date: TOMORROW }],
    ['идёт ли дождь в Лондоне', { place: 'Лондоне' }],
    ['идет ли снег', {}],
    ['нужен ли завтра зонт?', { date: TOMORROW }],
    ['брать зонт?', {}],
    ['холодно ли в Мурманске', { place: 'Мурманске' }],
    ['холодно на улице?', {}],
  ])('%s', (text, input) => {
    expect(planned(text)).toEqual({ weather: input });
  });

  test.each([
    'remind me tomorrow at 9 to check the weather',
    'remind me in 10 minutes about the weather forecast',
    'remember that my weather station is in the garden',
    'what do you know about my weather station',
    'what is my weather station password?',
    'forget the weather station',
    'cancel the weather reminder',
    'what are my weather reminders',
    'what is the capital of France?',
    'is it done?',
    'will it work?',
    'how hot should the oven be for a cake',
    'напомни завтра в 9 посмотреть погоду',
    'запомни: метеостанция погоды в саду',
    'отмени напоминание про погоду',
    'что ты помнишь о погоде в Риме',
    'напиши стихотворение о погоде и любви к ней',
    'идёт ли совещание',
    'у меня температура 38, что делать',
  ])('“%s” is none', (text) => {
    expect(planned(text)).not.toHaveProperty('weather');
  });
});

const english = saysIn('en').weather;
const russian = saysIn('ru').weather;
const which = english.whichPlace([
  '1. Springfield, Missouri, United States',
  '2. Springfield, Illinois, United States',
]);

describe('what our questions are answered with', () => {
  test.each([
    ['2', 'Springfield, Illinois, United States'],
    ['the first', 'Springfield, Missouri, United States'],
    ['the one in Illinois', 'Springfield, Illinois, United States'],
    ['Missouri', 'Springfield, Missouri, United States'],
  ])('%s', (answer, place) => {
    expect(planned(answer, 'weather in Springfield tomorrow', which)).toEqual({
      weather: { place, date: TOMORROW },
    });
  });

  test('one that fits none is asked again; another message is no answer', () => {
    expect(planned('7', 'weather in Springfield', which)).toBe(which);
    expect(planned('Springfield', 'weather in Springfield', which)).toBe(which);
    expect(planned('hello', 'weather in Springfield', which)).toMatch(/^Hello/);
  });

  test('a place completes the question', () => {
    expect(planned('Berlin', 'weather tomorrow', english.askPlace)).toEqual({
      weather: { place: 'Berlin', date: TOMORROW },
    });
    expect(planned('в Москве', 'какая погода?', russian.askPlace)).toEqual({ weather: { place: 'Москве' } });
    expect(planned('what can you do with all of this now?', 'weather', english.askPlace)).not.toHaveProperty(
      'weather',
    );
  });
});

/** What is said of the tool's answer. */
function said(
  output: object,
  { language = 'en', input = {} }: { language?: 'en' | 'ru'; input?: object } = {},
) {
  return answerFrom({ name: 'weather', input, output }, { says: saysIn(language), language, context });
}

const today = {
  date: '2026-11-18',
  condition: 'overcast',
  weather_code: 3,
  min_c: 1.5,
  max_c: 7.4,
  precipitation_percent: 80,
  wind_kmh: 20,
};
const now = {
  condition: 'light rain',
  weather_code: 61,
  temperature_c: 4.2,
  feels_like_c: 1.1,
  wind_kmh: 14.4,
};
const later = {
  date: '2026-11-19',
  condition: 'light snow',
  weather_code: 71,
  min_c: -3.2,
  max_c: -0.3,
  precipitation_percent: 10,
};

describe('what is said', () => {
  test('now and today', () => {
    const output = { place: 'Berlin, Germany', now, days: [today] };
    expect(said(output)).toBe(
      'Berlin, Germany, now: 4 °C, feels like 1 °C, light rain, wind 14 km/h. Today: 2 to 7 °C, overcast, 80 % chance of rain or snow, wind up to 20 km/h.',
    );
    expect(said(output, { language: 'ru' })).toBe(
      'Berlin, Germany, сейчас: 4 °C, ощущается как 1 °C, небольшой дождь, ветер 14 км/ч. Сегодня: от 2 до 7 °C, пасмурно, вероятность осадков 80 %, ветер до 20 км/ч.',
    );
  });

  test('days', () => {
    const days = [later, { date: '2026-11-20', weather_code: 0, min_c: 1, max_c: 1 }];
    expect(said({ place: 'Oslo', days: [later] })).toBe(
      'Oslo, tomorrow: -3 to 0 °C, light snow, 10 % chance of rain or snow.',
    );
    expect(said({ place: 'Осло', days }, { language: 'ru' })).toBe(
      'Осло, завтра: от -3 до 0 °C, небольшой снег, вероятность осадков 10 %.\nпт, 20 ноября: 1 °C, ясно.',
    );
  });

  test('what stands in the way', () => {
    const input = { place: 'Atlantis' };
    expect(said({ ambiguous: ['A, B', 'A, C'] })).toBe(
      'Which one do you mean? Answer with its number:\n1. A, B\n2. A, C',
    );
    expect(said({ error: 'x', code: 'no_such_place' }, { input })).toBe(
      'I found no place called “Atlantis”.',
    );
    expect(said({ error: 'x', code: 'place_missing' })).toBe(english.askPlace);
    expect(said({ error: 'x', code: 'weather_unavailable' }, { language: 'ru' })).toMatch(/^Служба погоды/);
    expect(said({ error: 'something else' })).toBe('That didn’t work: something else');
  });
});
