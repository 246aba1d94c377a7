import { randomBytes } from 'node:crypto';

import { connect, type Connection } from '#platform/db/connection.ts';
import { rolesFor, type RoleMode } from '#platform/db/roles.ts';
import { postgresServer } from '#test/postgres-server.ts';
import { createRestrictedDatabase } from '#test/restricted-database.ts';

/** A server for DATABASE_URL, and a database on it. */
export interface DatabaseUrl {
  url: string;
  /** In that database, as the user of the URL: the owner. */
  connection: Connection;
  /** The same as an administrator. */
  admin: Connection;
  /** Removes what the program has made of it, and the server if it was started for this. */
  drop(): Promise<void>;
}

/** The same as a URL. */
export function urlOf({ host, port, user, database, password = '' }: Connection): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  // The host may be a socket's directory, which only fits into the query.
  return `postgres://${login}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

/**
 * On `TEST_DATABASE_URL`, else on an embedded PostgreSQL of its own.
 * @param mode `log_in` (the default): an administrator's, of a database that is not there yet; else that of a user who
 *   may not make roles, of an empty one
 */
export async function createDatabaseUrl(mode: RoleMode = 'log_in'): Promise<DatabaseUrl> {
  const server = await postgresServer();
  const made =
    mode === 'log_in'
      ? ofAdministrator(server.connection)
      : await createRestrictedDatabase(server.connection, mode);
  return {
    url: urlOf(made.connection),
    connection: made.connection,
    admin: { ...server.connection, database: made.connection.database },
    drop: async () => {
      await made.drop();
      await server.stop(false);
    },
  };
}

function ofAdministrator(administrator: Connection) {
  const database = `famulus_e2e_${randomBytes(4).toString('hex')}`;
  return {
    connection: { ...administrator, database },
    drop: async () => {
      const admin = await connect(administrator, 'famulus test');
      await admin.query(`drop database if exists ${database} with (force)`);
      const { app, system } = rolesFor(database, () => '');
      await admin.query(`drop role if exists ${app.name}, ${system.name}`);
      await admin.end();
    },
  };
}
