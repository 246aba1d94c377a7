import { useLingui } from '@lingui/react/macro';
import { fieldErrors } from '#web/lib/problem.ts';
import { fieldWords } from './refusal-words.ts';

/** Gives the server's problems of a form's fields, in the page's language where they are known. */
export function useFieldErrors() {
  const { i18n } = useLingui();
  return (error: unknown): Record<string, string> =>
    Object.fromEntries(
      Object.entries(fieldErrors(error) ?? {}).map(([path, message]) => {
        const words = fieldWords[message];
        return [path, words ? i18n._(words) : message];
      }),
    );
}
