import { i18n } from '@lingui/core';
import { storage } from './storage.ts';

export const languages = { en: 'English', ru: 'Русский' } as const;
export type Language = keyof typeof languages;

type Catalogue = { messages: Parameters<typeof i18n.load>[1] };

/** English stands where it is used: web/build/english-inline.ts. */
const catalogues: Record<Language, () => Promise<Catalogue> | Catalogue> = {
  en: () => ({ messages: {} }),
  ru: async () => await import('../locales/ru.po'),
};

/** The nearest language there is to one of these tags, best first; English when none is. */
export function nearestLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'ru') return language;
  }
  return 'en';
}

/** What the page speaks before anybody has signed in: the choice made last in this browser, or the browser's own. */
export function firstLanguage(): Language {
  return nearestLanguage([storage.get('language') ?? '', ...navigator.languages]);
}

/** Loads and speaks it. */
export async function speak(language: Language): Promise<void> {
  if (i18n.locale !== language) {
    const { messages } = await catalogues[language]();
    i18n.loadAndActivate({ locale: language, messages });
  }
  document.documentElement.lang = language;
  storage.set('language', language);
}
