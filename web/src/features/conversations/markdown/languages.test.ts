import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';
import { languageNamed } from './languages.ts';

test('languages are known by their names and by what people call them', () => {
  expect(['TypeScript', 'ts', 'html', 'C++', 'klingon', undefined, 'toString'].map(languageNamed)).toEqual([
    'typescript',
    'typescript',
    'xml',
    'cpp',
    undefined,
    undefined,
    undefined,
  ]);
});

test('code is marked up, and what looks like HTML in it is escaped', async () => {
  const html = await highlight('const a = "<img src=x onerror=alert(1)>";', 'javascript');
  expect(html).toContain('<span class="hljs-keyword">const</span>');
  expect(html).not.toContain('<img');
});
