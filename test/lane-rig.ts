import { afterEach, beforeEach } from 'vitest';

import type { NewLaneItem } from '#platform/db/index.ts';
import {
  openWorkerSession,
  startLaneWorker,
  type ClaimedItem,
  type ItemResult,
  type LaneHandler,
  type LaneWorker,
  type LaneWorkerOptions,
  type WorkerSession,
} from '#platform/lanes/index.ts';
import type { TestDatabase } from './database.ts';
import { createUser } from './factories.ts';
import { until } from './until.ts';

/** Lanes and a worker in this process, for one test at a time. */
export interface LaneRig {
  /** Each test has one of its own, so that none works another's lanes. */
  readonly scope: string;
  /** A user, new for each test. */
  readonly user: string;
  readonly results: { name: string; attempt: number; result: ItemResult['result'] }[];
  readonly errors: unknown[];
  /** How often a worker has looked at the lanes. */
  readonly looks: number;
  start(work: LaneHandler['work'], options?: RigOptions): LaneWorker;
  /** An item of the user's for the lane `<scope>:one`; `name` is its payload. */
  item(fields?: Partial<NewLaneItem> & { name?: string }): NewLaneItem;
  enqueue(...items: NewLaneItem[]): Promise<void>;
  /** [name, status, attempt] of this test's items, by lane and seq. */
  statuses(): Promise<[string, string, number][]>;
  allEnded(): Promise<void>;
}

type RigOptions = Partial<LaneWorkerOptions> &
  Pick<Partial<LaneHandler>, 'maxAttempts' | 'maxStarts' | 'onParked'>;

export function nameOf(payload: ClaimedItem['payload']): string {
  return payload.name as string;
}

/** A promise and what resolves it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** Call once at the top of a file, after `testDatabase()`. */
export function laneRig(db: TestDatabase): LaneRig {
  let count = 0;
  let session: WorkerSession;
  const workers: LaneWorker[] = [];
  const rig = { scope: '', user: '', results: [] as LaneRig['results'], errors: [] as unknown[], looks: 0 };

  beforeEach(async () => {
    rig.scope = `test_${'abcdefghijklmnopqrstuvwxyz'[count++]}`;
    rig.user = (await createUser(db.database.system)).id;
    rig.results = [];
    rig.errors = [];
    session = await openWorkerSession({
      connection: db.database.systemConnection,
      services: [],
      onNotification: () => {},
      onReconnect: () => {},
      onLost: () => {},
    });
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map(async (worker) => await worker.stop(2_000)));
    await session.close();
  });

  async function statuses(): Promise<[string, string, number][]> {
    const { rows } = await db.owner.query<{ name: string; status: string; attempt: number }>(
      `select payload ->> 'name' as name, status, attempt from lane_items
       where starts_with(lane_key, $1) order by lane_key, seq`,
      [`${rig.scope}:`],
    );
    return rows.map(({ name, status, attempt }) => [name, status, attempt]);
  }

  return Object.assign(rig, {
    statuses,
    start: (work: LaneHandler['work'], options: RigOptions = {}) => {
      const { maxAttempts, maxStarts, onParked, ...rest } = options;
      const worker = startLaneWorker({
        database: db.database,
        signals: db.signals,
        worker: session.worker,
        scopes: [rig.scope],
        handlers: [
          {
            kind: 'test',
            work,
            ...(maxAttempts && { maxAttempts }),
            ...(maxStarts && { maxStarts }),
            ...(onParked && { onParked }),
          },
        ],
        concurrency: 4,
        pollMs: 50,
        onResult: (item, { result }) =>
          rig.results.push({ name: nameOf(item.payload), attempt: item.attempt, result }),
        onError: (error) => rig.errors.push(error),
        onAlive: () => rig.looks++,
        ...rest,
      });
      workers.push(worker);
      return worker;
    },
    item: (fields: Partial<NewLaneItem> & { name?: string } = {}): NewLaneItem => {
      const { name = 'item', ...rest } = fields;
      return {
        key: `${rig.scope}:one`,
        user_id: rig.user,
        type: 'user',
        kind: 'test',
        payload: { name },
        ...rest,
      };
    },
    enqueue: async (...items: NewLaneItem[]) => {
      await db.database.asSystem(async (tx) => tx.enqueue(...items));
    },
    allEnded: async () => {
      await until('all items have ended', async () => {
        const { rowCount } = await db.owner.query(
          'select 1 from lane_items where starts_with(lane_key, $1) and finished_at is null',
          [`${rig.scope}:`],
        );
        return rowCount === 0;
      });
    },
  });
}
