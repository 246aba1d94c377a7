import hljs from 'highlight.js/lib/core';
import { loadLanguage, type CodeLanguage } from './languages.ts';

/** The code as HTML: its words escaped, in spans that say what they are. */
export async function highlight(text: string, language: CodeLanguage): Promise<string> {
  if (!hljs.getLanguage(language)) hljs.registerLanguage(language, await loadLanguage(language));
  return hljs.highlight(text, { language }).value;
}
