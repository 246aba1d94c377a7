import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { parseCron } from './cron.ts';
import { instantOf } from './zone.ts';

/** They belong to the specification, which lies beside the repository. */
const VECTORS = new URL('../../../../../shared/vectors/', import.meta.url);

function vectorsOf<T>(file: string, shape: z.ZodType<T>): T[] {
  const url = new URL(file, VECTORS);
  let text: string;
  try {
    text = readFileSync(url, 'utf8');
  } catch (error) {
    throw new Error(`the test vectors are missing: ${url.pathname}, ../shared/vectors from the repository`, {
      cause: error,
    });
  }
  const { vectors } = z.object({ vectors: z.array(shape).min(1) }).parse(JSON.parse(text));
  return vectors;
}

describe('cron.json', () => {
  const vector = z.object({
    id: z.string(),
    expr: z.string(),
    tz: z.string(),
    from: z.string(),
    expected: z.array(z.string().nullable()),
  });

  test.each(vectorsOf('cron.json', vector))('$id: $expr in $tz', ({ expr, tz, from, expected }) => {
    const recurrence = parseCron(expr, tz);
    const got: (string | null)[] = [];
    let instant: number | null = Date.parse(from);
    while (instant !== null && got.length < expected.length) {
      instant = recurrence.next(instant);
      got.push(instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z'));
    }
    expect(got).toEqual(expected);
  });
});

describe('local_time.json', () => {
  const vector = z.object({ tz: z.string(), local: z.string(), expected: z.string(), note: z.string() });

  test.each(vectorsOf('local_time.json', vector))('$tz $local: $note', ({ tz, local, expected }) => {
    expect(new Date(instantOf(tz, Date.parse(`${local}Z`)))).toEqual(new Date(expected));
  });
});
