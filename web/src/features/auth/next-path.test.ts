import { describe, expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

const origin = 'https://famulus.example';

describe('where signing in leads', () => {
  test.each(['/reminders?tab=history#top', '/chat/1', '/'])('%s', (path) => {
    expect(nextPath(path, origin)).toBe(path);
  });

  test.each([
    undefined,
    '//evil.example/',
    String.raw`/\evil.example`,
    '/\t/evil.example',
    'https://evil.example/',
    'https://famulus.example.evil.example/',
    'javascript:alert(1)',
    'https://[',
  ])('%s is none of ours', (path) => {
    expect(nextPath(path, origin)).toBe('/');
  });

  test('leads to no door again', () => {
    expect(nextPath('/sign-in?next=/chat', origin)).toBe('/');
  });
});
