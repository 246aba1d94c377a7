import type { LanguageFn } from 'highlight.js';

const languages = {
  bash: async () => await import('highlight.js/lib/languages/bash'),
  c: async () => await import('highlight.js/lib/languages/c'),
  cpp: async () => await import('highlight.js/lib/languages/cpp'),
  css: async () => await import('highlight.js/lib/languages/css'),
  diff: async () => await import('highlight.js/lib/languages/diff'),
  go: async () => await import('highlight.js/lib/languages/go'),
  java: async () => await import('highlight.js/lib/languages/java'),
  javascript: async () => await import('highlight.js/lib/languages/javascript'),
  json: async () => await import('highlight.js/lib/languages/json'),
  python: async () => await import('highlight.js/lib/languages/python'),
  rust: async () => await import('highlight.js/lib/languages/rust'),
  sql: async () => await import('highlight.js/lib/languages/sql'),
  typescript: async () => await import('highlight.js/lib/languages/typescript'),
  xml: async () => await import('highlight.js/lib/languages/xml'),
  yaml: async () => await import('highlight.js/lib/languages/yaml'),
} satisfies Record<string, () => Promise<{ default: LanguageFn }>>;

export type CodeLanguage = keyof typeof languages;

const others: Record<string, CodeLanguage> = {
  'c++': 'cpp',
  golang: 'go',
  html: 'xml',
  js: 'javascript',
  jsonc: 'json',
  jsx: 'javascript',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** Which of the languages that can be told apart the name behind a fence means. */
export function languageNamed(name: string | undefined): CodeLanguage | undefined {
  const known = name?.toLowerCase() ?? '';
  return Object.hasOwn(languages, known) ? (known as CodeLanguage) : others[known];
}

export async function loadLanguage(language: CodeLanguage): Promise<LanguageFn> {
  return (await languages[language]()).default;
}
