import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/** What Lingui's macros have made of a text: a comment `i18n` or an element `_Trans`, then `{ id: "…", message: "…"`. */
const descriptor =
  /((?:\/\*\*?\s*i18n\s*\*\/|\b_Trans,)\s*\{\s*id:\s*"[^"]+",\s*message:\s*)("(?:[^"\\]|\\.)*")/g;

/**
 * Leaves the English texts where they are used, compiled: each part of the app brings its own, a text that is in no
 * catalogue is shown all the same, and nothing parses them in the browser.
 */
export function englishInline(): Plugin {
  return {
    name: 'famulus-english-inline',
    apply: 'build',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !/i18n|_Trans/.test(code)) return undefined;
      const compiled = code.replaceAll(descriptor, (_, before: string, text: string) => {
        return before + JSON.stringify(compileMessage(JSON.parse(text) as string));
      });
      return { code: compiled, map: null };
    },
  };
}
