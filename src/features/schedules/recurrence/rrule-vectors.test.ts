import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { parseRrule } from './rrule.ts';
import { localOf } from './zone.ts';

/** They belong to the specification, which lies beside the repository. */
const VECTORS = new URL('../../../../../shared/vectors/rrule.json', import.meta.url);

const shape = z.object({
  vectors: z
    .array(z.object({ dtstart: z.string(), rrule: z.string(), n: z.number(), expected: z.array(z.string()) }))
    .min(1),
});

function vectors() {
  let text: string;
  try {
    text = readFileSync(VECTORS, 'utf8');
  } catch (error) {
    throw new Error(`the test vectors are missing: ${VECTORS.pathname}`, { cause: error });
  }
  return shape.parse(JSON.parse(text)).vectors;
}

function firstLocals(text: string, zone: string, count: number): string[] {
  const recurrence = parseRrule(text, zone, 0);
  const found: string[] = [];
  for (
    let next = recurrence.next(-1e14);
    next !== null && found.length < count;
    next = recurrence.next(next)
  ) {
    found.push(new Date(localOf(zone, next)).toISOString().slice(0, 19));
  }
  return found;
}

test.each(vectors())('$dtstart $rrule', ({ dtstart, rrule, n, expected }) => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia']) {
    expect(firstLocals(`DTSTART:${dtstart}\nRRULE:${rrule}`, zone, n), zone).toEqual(expected.slice(0, n));
  }
});
