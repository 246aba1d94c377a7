import { describe, expect, test } from 'vitest';

import { englishInline } from './english-inline.ts';

function transform(code: string): string {
  const { transform: run } = englishInline() as { transform: (code: string, id: string) => { code: string } };
  return run(code, 'page.tsx').code;
}

describe('englishInline', () => {
  test('compiles the texts of the macros, and only them', () => {
    const made = transform(
      [
        String.raw`_t(/*i18n*/ { id: "a", message: "Say \"hi\" to {name}", values: { name } });`,
        `_t(/*i18n*/ { id: "b", message: "Sign out" });`,
        `const other = { id: "c", message: "{kept}" };`,
      ].join('\n'),
    );
    expect(made).toContain(`message: ["Say \\"hi\\" to ",["name"]], values`);
    expect(made).toContain(`message: ["Sign out"]`);
    expect(made).toContain(`message: "{kept}"`);
  });

  test('compiles what the JSX transform has printed anew', () => {
    const made = transform(
      [
        `_t(/** i18n */ { id: "a", message: "Every {time}", values: { time } });`,
        `_jsx(_Trans, { id: "b", message: "Set: {name}", values: { name } });`,
      ].join('\n'),
    );
    expect(made).toContain('message: ["Every ",["time"]]');
    expect(made).toContain('message: ["Set: ",["name"]]');
  });

  test('plurals too', () => {
    const made = transform(`_t(/*i18n*/{ id: "a", message: "{n, plural, one {# day} other {# days}}" })`);
    expect(made).toContain('"plural"');
    expect(made).not.toContain('{n, plural');
  });
});
