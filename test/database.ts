import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { openDatabase, type Connection, type Database } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { createSignals, type Signals } from '#platform/events/signals.ts';
import { cloneTemplate, dropDatabase } from './template-database.ts';

/** A test file's own database: a clone of the run's template. There from `beforeAll` on. */
export interface TestDatabase {
  readonly name: string;
  /** The program's way to it: the app and the system role. */
  readonly database: Database;
  /** A session that may do anything: to look behind the policies, to move the clock. */
  readonly owner: pg.Client;
  readonly connection: Connection;
  readonly roles: Roles;
  /** Hears the hints of `database`; reaches no other process. */
  readonly signals: Signals;
  /** Sets `app_now()` this far from PostgreSQL's clock, ms. */
  moveClock(offsetMs: number): Promise<void>;
}

interface Opened {
  name: string;
  database: Database;
  owner: pg.Client;
  connection: Connection;
  signals: Signals;
}

/** Call once at the top of a `*.db.test.ts`. A file with a failed test keeps its database and prints its name. */
export function testDatabase(options: { poolSize?: number } = {}): TestDatabase {
  const template = inject('template');
  let opened: Opened | undefined;
  let failed = false;

  beforeAll(async () => {
    const name = `${template.name}_${randomBytes(4).toString('hex')}`;
    await cloneTemplate(template, name);
    const connection = { ...template.connection, database: name };
    const signals = createSignals('test', async () => {});
    const database = openDatabase({
      connection,
      roles: template.roles,
      poolSize: options.poolSize ?? 5,
      onHints: (topics) => signals.publishAll(topics),
    });
    opened = { name, connection, signals, database, owner: await connect(connection, 'famulus test owner') };
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed = true;
  });
  afterAll(async () => {
    if (!opened) return;
    await opened.database.close();
    await opened.owner.end();
    if (failed) console.error(`kept for a look: database ${opened.name}`);
    else await dropDatabase(template, opened.name);
  });

  function there(): Opened {
    if (!opened) throw new Error('the test database is there from beforeAll on');
    return opened;
  }
  return {
    get name() {
      return there().name;
    },
    get database() {
      return there().database;
    },
    get owner() {
      return there().owner;
    },
    get connection() {
      return there().connection;
    },
    get signals() {
      return there().signals;
    },
    roles: template.roles,
    moveClock: async (offsetMs) => {
      await there().owner.query('update app_clock set offset_ms = $1', [offsetMs]);
    },
  };
}
