import { describe, expect, test } from 'vitest';
import { EXTRA_PLACES, RUSSIAN_PLACES } from './place-names.ts';
import { zoneOfPlace } from './places.ts';

describe('zoneOfPlace', () => {
  test.each([
    ['Tokyo', 'Asia/Tokyo'],
    ['in Tokyo?', 'Asia/Tokyo'],
    ['new york', 'America/New_York'],
    ['San Francisco', 'America/Los_Angeles'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Germany', 'Europe/Berlin'],
    ['the UK', 'Europe/London'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['Москва', 'Europe/Moscow'],
    ['в Москве', 'Europe/Moscow'],
    ['в Токио', 'Asia/Tokyo'],
    ['Токио', 'Asia/Tokyo'],
    ['в Нью-Йорке', 'America/New_York'],
    ['Лос-Анджелесе', 'America/Los_Angeles'],
    ['в Нижнем Новгороде', 'Europe/Moscow'],
    ['в Казани', 'Europe/Moscow'],
    ['в Японии', 'Asia/Tokyo'],
    ['в Афинах', 'Europe/Athens'],
    ['в Дубае', 'Asia/Dubai'],
    ['в Южной Корее', 'Asia/Seoul'],
    ['на Кипре', 'Asia/Nicosia'],
    ['в Кёльне', 'Europe/Berlin'],
    ['во Владивостоке', 'Asia/Vladivostok'],
    ['по Гринвичу', undefined],
    ['Atlantis', undefined],
    ['США', undefined],
    ['', undefined],
  ])('%s is in %s', (name, zone) => {
    expect(zoneOfPlace(name)).toBe(zone);
  });

  test('every zone of the tables is one that this Node knows', () => {
    const unknown = [...Object.keys(EXTRA_PLACES), ...Object.keys(RUSSIAN_PLACES)].filter((zone) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === '';
      } catch {
        return true;
      }
    });
    expect(unknown).toEqual([]);
  });
});
