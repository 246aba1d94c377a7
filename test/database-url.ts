import { randomBytes } from 'node:crypto';

import { connect, type Connection } from '#platform/db/connection.ts';
import { rolesFor } from '#platform/db/roles.ts';
import { postgresServer } from '#test/postgres-server.ts';

/** A server for DATABASE_URL, and the name of a database that is not there yet. */
export interface DatabaseUrl {
  url: string;
  /** Removes what the program has made of it, and the server if it was started for this. */
  drop(): Promise<void>;
}

function urlOf({ host, port, user, password = '' }: Connection, database: string): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  // The host may be a socket's directory, which only fits into the query.
  return `postgres://${login}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

/** On `TEST_DATABASE_URL`, else on an embedded PostgreSQL of its own. */
export async function createDatabaseUrl(): Promise<DatabaseUrl> {
  const server = await postgresServer();
  const database = `famulus_e2e_${randomBytes(4).toString('hex')}`;
  return {
    url: urlOf(server.connection, database),
    drop: async () => {
      const admin = await connect(server.connection, 'famulus test');
      await admin.query(`drop database if exists ${database} with (force)`);
      const { app, system } = rolesFor(database, () => '');
      await admin.query(`drop role if exists ${app.name}, ${system.name}`);
      await admin.end();
      await server.stop(false);
    },
  };
}
