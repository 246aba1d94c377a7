import { randomBytes } from 'node:crypto';

import { connect, type Connection } from '#platform/db/connection.ts';
import { rolesFor, type RoleMode } from '#platform/db/roles.ts';

/** A database of a user who may not make roles. */
export interface RestrictedDatabase {
  /** That user's. The database is there and empty. */
  connection: Connection;
  /** In the database, as an administrator. */
  administrate(...statements: string[]): Promise<void>;
  /** Removes the database, the user and its roles. */
  drop(): Promise<void>;
}

/** @param mode `granted`: the operator has made the two roles and granted them; `owner`: there are none. */
export async function createRestrictedDatabase(
  admin: Connection,
  mode: Exclude<RoleMode, 'log_in'>,
): Promise<RestrictedDatabase> {
  const database = `famulus_own_${randomBytes(4).toString('hex')}`;
  const user = `${database}_user`;
  const password = randomBytes(12).toString('hex');
  const roles = rolesFor(database, () => '');
  const both = `${roles.app.name}, ${roles.system.name}`;
  await run(admin, [
    `create role ${user} login nosuperuser nocreaterole nocreatedb password '${password}'`,
    ...(mode === 'granted' ? [roles.app.name, roles.system.name].map((name) => `create role ${name}`) : []),
    ...(mode === 'granted' ? [`grant ${both} to ${user}`] : []),
    `create database ${database} owner ${user}`,
  ]);
  return {
    connection: { ...admin, user, password, database },
    administrate: async (...statements) => await run({ ...admin, database }, statements),
    drop: async () => {
      await run(admin, [
        `drop database if exists ${database} with (force)`,
        `drop role if exists ${both}, ${user}`,
      ]);
    },
  };
}

async function run(connection: Connection, statements: string[]): Promise<void> {
  const client = await connect(connection, 'famulus test');
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
