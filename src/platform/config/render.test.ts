import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineFragment } from './fragment.ts';
import { renderConfigTable, renderEnvExample } from './render.ts';

const fragments = {
  http: defineFragment({
    port: { env: 'PORT', doc: 'The port to listen on.', schema: z.string(), default: '8000' },
    url: { env: 'PUBLIC_URL', doc: 'http | https.', schema: z.string(), example: 'https://famulus.example' },
  }),
  keys: defineFragment({ key: { env: 'SECRET_KEY', doc: 'The key.', schema: z.string(), secret: true } }),
};

test('.env.example shows every setting commented out', () => {
  expect(renderEnvExample(fragments))
    .toBe(`# Generated from the settings in the code. Copy to .env and change what you need.

### http

# The port to listen on.
# PORT=8000

# http | https.
# PUBLIC_URL=https://famulus.example

### keys

# The key.
# A secret: SECRET_KEY_FILE may name a file that holds it instead.
# SECRET_KEY=
`);
});

test('the table is valid Markdown', () => {
  expect(renderConfigTable(fragments)).toBe(`| Variable | Default | What it does |
|---|---|---|
| \`PORT\` | \`8000\` | The port to listen on. |
| \`PUBLIC_URL\` |  | http \\| https. |
| \`SECRET_KEY\`, \`SECRET_KEY_FILE\` |  | The key. |
`);
});
