import type { Tx } from '#platform/db/index.ts';
import { fixSnapshot, readLines, selectNow, selectOwnedTables, type OwnedTable } from '../queries/export.ts';
import type { ArchiveFile } from './archive.ts';
import { leftOutColumns, leftOutTables, leftOutTypes, tableScopes } from './contents.ts';

/** The number of the export's form: another one when what reads this one could not read it any more. */
const FORMAT = 1;

const readMe = `This is everything Famulus keeps of yours, as it was at one moment.

Under files/ is what you have uploaded, by the ids of attachments.jsonl. Each <table>.jsonl has one record a line, in JSON. Instants are RFC 3339 in UTC. manifest.json says when the export was
made, how many records each file has, and what was left out and why: passwords, keys and tokens, because they open your
account; what Famulus can make again from the rest; and, if the export was asked for with an API token, what the token may
not read.
`;

/** The columns of a table that are exported; none of a table that is left out. */
export function exportedColumns({ name, columns }: OwnedTable): string[] {
  if (Object.hasOwn(leftOutTables, name)) return [];
  const leftOut = leftOutColumns[name] ?? {};
  return columns
    .filter((column) => !Object.hasOwn(leftOut, column.name) && !Object.hasOwn(leftOutTypes, column.type))
    .map((column) => column.name);
}

/** Whose export it is, and what is in it for whom they ask by. */
export interface ExportFor {
  userId: string;
  mayRead: (scope: string) => boolean;
  /** Whether they may read everything a user can, also what `tableScopes` has no line for yet. */
  mayReadAll: boolean;
}

/**
 * The files of a user's export, all of one moment: to be read in order, within the transaction, which is theirs alone.
 * `onBatch` is called now and then, and may throw.
 */
export async function exportFiles(
  tx: Tx,
  { userId, mayRead, mayReadAll }: ExportFor,
  onBatch: () => void,
): Promise<ArchiveFile[]> {
  await fixSnapshot(tx.db);
  const created_at = await selectNow(tx.db);
  const all = (await selectOwnedTables(tx.db))
    .map((table) => ({ ...table, columns: exportedColumns(table), scope: tableScopes[table.name] }))
    .filter(({ columns }) => columns.length > 0);
  const isReadable = ({ scope }: (typeof all)[number]) => (scope === undefined ? mayReadAll : mayRead(scope));
  const tables = all.filter(isReadable);
  const unread = all.filter((table) => !isReadable(table));
  const records: Record<string, number> = {};

  async function* linesOf(table: (typeof tables)[number]): AsyncGenerator<string> {
    records[table.name] = 0;
    for await (const lines of readLines(tx.db, userId, table)) {
      onBatch();
      records[table.name]! += lines.length;
      yield `${lines.join('\n')}\n`;
    }
  }

  return [
    { name: 'README.txt', content: () => [readMe] },
    ...tables.map((table) => ({ name: `${table.name}.jsonl`, content: () => linesOf(table) })),
    {
      name: 'manifest.json',
      // Made last: it has the counts.
      content: () => {
        const left_out = {
          tables: leftOutTables,
          columns: leftOutColumns,
          types: leftOutTypes,
          scopes: Object.fromEntries(unread.map(({ name, scope = 'every scope' }) => [name, scope])),
        };
        const complete = unread.length === 0;
        const manifest = { format: FORMAT, user_id: userId, created_at, complete, records, left_out };
        return [`${JSON.stringify(manifest, null, 2)}\n`];
      },
    },
  ];
}
