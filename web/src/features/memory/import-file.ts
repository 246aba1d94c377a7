import type { importResult } from '#features/memory/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';
import { refreshMemories } from './memory.ts';

export type ImportResult = Wire<typeof importResult>;
export type ImportCounts = ImportResult['counts'];
type Item = Record<string, unknown>;

export interface ImportChoices {
  replaces: boolean;
  again: boolean;
}

/** Of one request: a body may have a MiB, and a thousand items. */
const MOST_BYTES = 700_000;
const MOST_ITEMS = 1_000;

/** The items of a file: an array of objects, as the export has it. Undefined when it is no such file. */
export function itemsIn(text: string): Item[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed) || parsed.length === 0) return undefined;
    const isItem = (item: unknown): item is Item =>
      typeof item === 'object' && item !== null && !Array.isArray(item);
    return parsed.every(isItem) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Parts that fit into a request each. */
export function inParts(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  const encoder = new TextEncoder();
  let bytes = Infinity;
  for (const item of items) {
    const size = encoder.encode(JSON.stringify(item)).length + 1;
    if (bytes + size > MOST_BYTES || parts.at(-1)?.length === MOST_ITEMS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(item);
    bytes += size;
  }
  return parts;
}

/** What becomes, or would become, of the items. @throws what the server says against it */
export async function importItems(
  items: readonly Item[],
  { replaces, again }: ImportChoices,
  dry_run: boolean,
): Promise<ImportCounts> {
  const counts: ImportCounts = { added: 0, replaced: 0, kept: 0, forgotten: 0, invalid: 0, too_many: 0 };
  for (const part of inParts(items)) {
    const result = await api.post<ImportResult>('/api/memories/import', part, {
      query: { dry_run, on_conflict: replaces ? 'replace' : 'keep', again },
    });
    for (const [name, count] of Object.entries(result.counts)) counts[name as keyof ImportCounts] += count;
  }
  if (!dry_run) await refreshMemories();
  return counts;
}
