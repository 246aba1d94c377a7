import { useEffect, useState } from 'react';
import { languageNamed } from './languages.ts';

/** Longer code is shown plain: reading it would hold the page up. */
const MAX_LENGTH = 20_000;

/** The code as HTML with marks for its colours, once what knows the language is there; undefined until then. */
export function useHighlighted(text: string, language: string | undefined): string | undefined {
  const [found, setFound] = useState<{ text: string; html: string }>();
  const known = languageNamed(language);
  useEffect(() => {
    if (!known || text.length > MAX_LENGTH) return undefined;
    let isOver = false;
    void (async () => {
      try {
        const { highlight } = await import('./highlight.ts');
        const html = await highlight(text, known);
        if (!isOver) setFound({ text, html });
      } catch {
        // It stays plain.
      }
    })();
    return () => {
      isOver = true;
    };
  }, [text, known]);
  return found?.text === text ? found.html : undefined;
}
