import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { openDatabase, type Connection, type Database } from '#platform/db/index.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectionAs, rolesFor, type RoleMode, type Roles } from '#platform/db/roles.ts';
import { createEncryption, type Encryption } from '#platform/encryption/index.ts';
import { createSignals, type Signals } from '#platform/events/signals.ts';
import { createRestrictedDatabase } from './restricted-database.ts';
import { cloneTemplate, dropDatabase, migrations, type TemplateDatabase } from './template-database.ts';

/** A test file's own database: a clone of the run's template. There from `beforeAll` on. */
export interface TestDatabase {
  readonly name: string;
  /** The program's way to it: the app and the system role. */
  readonly database: Database;
  /** A session that may do anything: to look behind the policies, to move the clock. */
  readonly owner: pg.Client;
  readonly connection: Connection;
  readonly roles: Roles;
  /** The way to it as one of the roles, for sessions outside the pools. */
  connectionAs(role: 'app' | 'system'): Connection;
  /** Hears the hints of `database`; reaches no other process. */
  readonly signals: Signals;
  readonly encryption: Encryption;
  /** The SECRET_KEY of `encryption`. */
  readonly secretKey: string;
  /** Sets `app_now()` this far from PostgreSQL's clock, ms. */
  moveClock(offsetMs: number): Promise<void>;
}

interface Made {
  name: string;
  /** The database's owner, as the program knows it. */
  user: Connection;
  roles: Roles;
  drop(): Promise<void>;
}

interface Opened extends Made {
  database: Database;
  owner: pg.Client;
  connection: Connection;
  signals: Signals;
  encryption: Encryption;
}

const secretKey = 'the secret key of every test database';

async function makeDatabase(template: TemplateDatabase, mode: RoleMode): Promise<Made> {
  if (mode === 'log_in') {
    const name = `${template.name}_${randomBytes(4).toString('hex')}`;
    await cloneTemplate(template, name);
    const drop = async () => await dropDatabase(template, name);
    return { name, user: { ...template.connection, database: name }, roles: template.roles, drop };
  }
  const restricted = await createRestrictedDatabase(template.connection, mode);
  const { connection, drop } = restricted;
  const wanted = rolesFor(connection.database, () => 'unknown');
  const { roles } = await migrate({ connection, roles: wanted, directory: migrations });
  return { name: connection.database, user: connection, roles, drop };
}

/**
 * Call once at the top of a `*.db.test.ts`. A file with a failed test keeps its database and prints its name.
 * @param options.mode how the two roles are had; default `log_in`
 */
export function testDatabase(options: { poolSize?: number; mode?: RoleMode } = {}): TestDatabase {
  const template = inject('template');
  let opened: Opened | undefined;
  let failed = false;

  beforeAll(async () => {
    const made = await makeDatabase(template, options.mode ?? 'log_in');
    const connection = { ...template.connection, database: made.name };
    const signals = createSignals('test', async () => {});
    const database = openDatabase({
      connection: made.user,
      roles: made.roles,
      poolSize: options.poolSize ?? 5,
      onHints: (topics) => signals.publishAll(topics),
    });
    const encryption = createEncryption({ database, secretKey, signals });
    const owner = await connect(connection, 'famulus test owner');
    opened = { ...made, connection, signals, database, encryption, owner };
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed = true;
  });
  afterAll(async () => {
    if (!opened) return;
    await opened.database.close();
    await opened.owner.end();
    if (failed) console.error(`kept for a look: database ${opened.name}`);
    else await opened.drop();
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
    get encryption() {
      return there().encryption;
    },
    secretKey,
    get roles() {
      return there().roles;
    },
    connectionAs: (role) => connectionAs(there().user, there().roles, role),
    moveClock: async (offsetMs) => {
      await there().owner.query('update app_clock set offset_ms = $1', [offsetMs]);
    },
  };
}
