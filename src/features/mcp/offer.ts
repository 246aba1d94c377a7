import { createHash } from 'node:crypto';
import type { Tool as RemoteTool } from '@modelcontextprotocol/sdk/types.js';
import type { Offer } from './contract.ts';

/** Models pay for every character, in every turn, and strangers write here. */
const MAX_DESCRIPTION = 600;
const MAX_SCHEMA_BYTES = 16_384;

/** A tool as its server offers it now. */
export interface Offered {
  remote_name: string;
  offer: Offer;
  /** Of the offer: another one is another offer. */
  digest: string;
  /** Why it cannot be offered to models. */
  problem: string | null;
}

/** Words for a model: no control characters, no unpaired halves, cut to a sane length. */
function tidy(text: string): string {
  const plain = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.length <= MAX_DESCRIPTION ? plain : `${plain.slice(0, MAX_DESCRIPTION - 1).toWellFormed()}…`;
}

/** The same JSON with its fields in order: another order is no other offer. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
}

function digestOf(offer: Offer): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(offer)))
    .digest('hex');
}

/** What a server's list says of a tool, as far as it counts here. */
export function offeredBy({ name, title, description, inputSchema, annotations }: RemoteTool): Offered {
  const schema = JSON.stringify(inputSchema);
  const isTooLarge = Buffer.byteLength(schema) > MAX_SCHEMA_BYTES;
  const isStorable = !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i.test(schema);
  const offer: Offer = {
    description: tidy(description ?? title ?? annotations?.title ?? name),
    input_schema:
      isTooLarge || !isStorable ? { type: 'object' } : (JSON.parse(schema) as Offer['input_schema']),
    annotations: {
      read_only: annotations?.readOnlyHint === true,
      destructive: annotations?.readOnlyHint !== true && annotations?.destructiveHint !== false,
      idempotent: annotations?.readOnlyHint === true || annotations?.idempotentHint === true,
    },
  };
  const problem = isTooLarge
    ? `Its input schema has more than ${MAX_SCHEMA_BYTES} bytes`
    : isStorable
      ? null
      : 'Its input schema has characters that cannot be stored';
  return { remote_name: name, offer, digest: digestOf(offer), problem };
}
