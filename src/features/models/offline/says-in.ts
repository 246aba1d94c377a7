import { saysInEnglish } from './says-en.ts';
import { saysInRussian } from './says-ru.ts';
import type { Says } from './says.ts';
import type { Language } from './words.ts';

export function saysIn(language: Language): Says {
  return language === 'ru' ? saysInRussian : saysInEnglish;
}
