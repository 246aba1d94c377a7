import type { Connection } from '#platform/db/index.ts';

/** Work for one key. */
export interface Job {
  key: string;
  id: number;
  /** Not before then. */
  at?: Date;
}

/** A queue over PostgreSQL, with what the benchmarks ask of each alike. */
export interface Engine {
  /** With its version. */
  name: string;
  settings: Record<string, unknown>;
  /** Whether jobs of a key run one at a time and in order. */
  ordered: boolean;
  /** One transaction that adds these. */
  enqueue(jobs: Job[]): Promise<void>;
  /** One transaction with a row of the caller's own, with and without a job that belongs to it. */
  writeRow(job: Job | undefined): Promise<void>;
  /** Works jobs until the answered function is called. */
  work(onStart: (id: number) => void): Promise<() => Promise<void>>;
  /** Makes this many keys known, as after a long time of use. False when it keeps nothing of a key. */
  presentKeys(keys: string, count: number): Promise<boolean>;
  /** Takes away what waits. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

/** What the benchmarks of time ask, of queues over something else too. */
export type Timer = Pick<Engine, 'name' | 'settings' | 'enqueue' | 'work' | 'close'>;

/** @param connection an administrator's, to a database of its own */
export type OpenEngine = (connection: Connection, options: { concurrency: number }) => Promise<Engine>;

/** The same bare row for all. */
export const createNotes =
  'create table if not exists notes (id bigint generated always as identity primary key, text text)';
export const insertNote = `insert into notes (text) values ('a row of the caller''s own')`;
