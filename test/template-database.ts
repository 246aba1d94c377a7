import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { connect, type Connection } from '#platform/db/connection.ts';
import { migrate } from '#platform/db/migrate.ts';
import { rolesFor, type Roles } from '#platform/db/roles.ts';

/** A migrated database that others are cloned from. They share its roles, which its functions name. */
export interface TemplateDatabase {
  /** An administrator's. */
  connection: Connection;
  name: string;
  roles: Roles;
}

export const migrations = join(import.meta.dirname, '..', 'migrations');

/** Makes a template of its own on this server, e.g. `famulus_test_1f2e3d4c`. */
export async function createTemplate(connection: Connection): Promise<TemplateDatabase> {
  const name = `famulus_test_${randomBytes(4).toString('hex')}`;
  const roles = rolesFor(name, (purpose) => createHash('sha256').update(purpose).digest('hex'));
  await migrate({ connection: { ...connection, database: name }, roles, directory: migrations });
  // Nobody connects to it any more, since it can't be cloned meanwhile.
  await administrate(connection, [`alter database ${name} with is_template true allow_connections false`]);
  return { connection, name, roles };
}

/** Makes a database like the template, with nothing in it that the template does not have. */
export async function cloneTemplate(template: TemplateDatabase, name: string): Promise<void> {
  await administrate(template.connection, [`create database ${name} template ${template.name}`]);
}

export async function dropDatabase(template: TemplateDatabase, name: string): Promise<void> {
  await administrate(template.connection, [`drop database if exists ${name} with (force)`]);
}

/** The clones that are still there. */
export async function clonesOf(template: TemplateDatabase): Promise<string[]> {
  const client = await connect(template.connection, 'famulus test');
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1) order by datname`,
      [`${template.name}_`],
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}

/** Drops the template, and the roles once no clone needs them. */
export async function dropTemplate(template: TemplateDatabase, withRoles: boolean): Promise<void> {
  const { app, system } = template.roles;
  await administrate(template.connection, [
    `alter database ${template.name} with is_template false`,
    `drop database ${template.name} with (force)`,
    ...(withRoles ? [`drop role ${app.name}, ${system.name}`] : []),
  ]);
}

async function administrate(connection: Connection, statements: string[]): Promise<void> {
  const client = await connect(connection, 'famulus test');
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
