import { randomBytes } from 'node:crypto';
import { describe, expect, inject, onTestFinished, test } from 'vitest';

import { createUser } from '#test/factories.ts';
import { createRestrictedDatabase } from '#test/restricted-database.ts';
import { migrations } from '#test/template-database.ts';
import { connect, type Connection } from './connection.ts';
import { openDatabase } from './index.ts';
import { migrate } from './migrate.ts';
import { connectionAs, rolesFor, type RoleMode, type Roles } from './roles.ts';

const admin = inject('template').connection;

/** A database of a user who may not make roles, and what its operator may do about it. */
async function restricted(mode: Exclude<RoleMode, 'log_in'>) {
  const made = await createRestrictedDatabase(admin, mode);
  onTestFinished(made.drop);
  const { connection, administrate } = made;
  const wanted = rolesFor(connection.database, () => 'a password');
  const up = async (as: Connection = connection) =>
    (await migrate({ connection: as, roles: wanted, directory: migrations })).roles;
  return { connection, administrate, wanted, up, user: connection.user };
}

/** All rights and policies, with the role's part in place of its name. */
async function rightsIn(connection: Connection, roles: Roles): Promise<string[]> {
  const client = await connect({ ...admin, database: connection.database }, 'famulus test');
  try {
    const { rows } = await client.query<{ right: string }>(
      `select format('%s %s: %s', c.relname, r.privilege_type, r.grantee::regrole) as right
         from pg_class c, aclexplode(c.relacl) r where relnamespace = 'public'::regnamespace and r.grantee = any($1::regrole[])
       union select format('%s.%s %s: %s', attrelid::regclass, attname, r.privilege_type, r.grantee::regrole)
         from pg_attribute, aclexplode(attacl) r where r.grantee = any($1::regrole[])
       union select format('%s %s: %s', p.proname, r.privilege_type, r.grantee)
         from pg_proc p, aclexplode(p.proacl) r where pronamespace = 'public'::regnamespace
           and r.grantee = any($1::regrole[] || 0::regrole)
       union select format('%s %s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check) from pg_policies
       union select format('%s %s %s', relname, relrowsecurity, relforcerowsecurity)
         from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       order by 1`,
      [[roles.app.name, roles.system.name]],
    );
    const oids = await client.query<{ name: string; oid: string }>(
      'select rolname as name, oid::text from pg_roles where rolname = any($1)',
      [[roles.app.name, roles.system.name]],
    );
    return rows
      .map(({ right }) =>
        oids.rows.reduce(
          (text, { name, oid }) =>
            text.replaceAll(name, partOf(name)).replace(new RegExp(`: ${oid}$`), `: ${partOf(name)}`),
          right,
        ),
      )
      .toSorted();
  } finally {
    await client.end();
  }
}

function partOf(name: string): string {
  return name.endsWith('_app') ? '<app>' : '<system>';
}

/** How many users each role meets: of one tenant's two, and all. */
async function usersMet(connection: Connection, roles: Roles): Promise<Record<string, number>> {
  const database = openDatabase({ connection, roles, poolSize: 1 });
  try {
    const { id } = await createUser(database.system);
    await createUser(database.system);
    const count = async () =>
      await database.asSystem(async (tx) => await tx.db.selectFrom('users').select('id').execute());
    const own = await database.asUser(
      id,
      async (tx) => await tx.db.selectFrom('users').select('id').execute(),
    );
    return { tenant: own.length, system: (await count()).length };
  } finally {
    await database.close();
  }
}

describe('the roles are', () => {
  test('taken on where the operator has granted them, and survive every reset', async () => {
    const { connection, wanted, up } = await restricted('granted');
    const roles = await up();
    expect(roles).toEqual({
      mode: 'granted',
      app: { name: wanted.app.name },
      system: { name: wanted.system.name },
    });
    expect(await usersMet(connection, roles)).toEqual({ tenant: 1, system: 2 });
    const client = await connect(connectionAs(connection, roles, 'app'), 'famulus test');
    for (const reset of ['reset role', 'reset all', 'discard all', 'reset session authorization']) {
      await client.query(reset);
      const { rows } = await client.query('select current_user as name');
      expect(rows, reset).toEqual([{ name: wanted.app.name }]);
    }
    await client.end();
  });

  test('the owner itself where there are none', async () => {
    const { connection, user, up } = await restricted('owner');
    const roles = await up();
    expect(roles).toEqual({ mode: 'owner', app: { name: user }, system: { name: user } });
    expect(await usersMet(connection, roles)).toEqual({ tenant: 1, system: 2 });
    const client = await connect(connectionAs(connection, roles, 'system'), 'famulus test');
    await client.query('discard all');
    expect((await client.query('select from users')).rowCount).toBe(2);
    await client.end();
    // Somebody who just connects is nobody.
    const plain = await connect(connection, 'famulus test');
    expect((await plain.query('select from users')).rowCount).toBe(0);
    await plain.end();
  });
});

describe('a database changes hands with the next start', () => {
  test('from the owner to roles that were granted, or that may be made, with the very rights of a new one', async () => {
    const fresh = await restricted('granted');
    const wantedRights = await rightsIn(fresh.connection, await fresh.up());
    expect(wantedRights.length).toBeGreaterThan(100);
    const changing = await restricted('owner');
    const before = await changing.up();
    expect(await usersMet(changing.connection, before)).toEqual({ tenant: 1, system: 2 });
    const { app, system } = changing.wanted;
    await changing.administrate(
      `create role ${app.name}`,
      `create role ${system.name}`,
      `grant ${app.name}, ${system.name} to ${changing.user}`,
    );
    const granted = await changing.up();
    expect(granted.mode).toBe('granted');
    expect(await rightsIn(changing.connection, granted)).toEqual(wantedRights);
    expect(await usersMet(changing.connection, granted)).toEqual({ tenant: 1, system: 4 });

    const made = await restricted('owner');
    await made.up();
    await made.administrate(`alter role ${made.user} createrole`);
    const roles = await made.up();
    expect(roles.mode).toBe('log_in');
    expect(await rightsIn(made.connection, roles)).toEqual(wantedRights);
    expect(await usersMet(made.connection, roles)).toEqual({ tenant: 1, system: 2 });
  });

  test('and back, when the roles are gone', async () => {
    const { connection, administrate, wanted, up } = await restricted('granted');
    await up();
    const both = `${wanted.app.name}, ${wanted.system.name}`;
    await administrate(`drop owned by ${both}`, `drop role ${both}`);
    const roles = await up();
    expect(roles.mode).toBe('owner');
    expect(await usersMet(connection, roles)).toEqual({ tenant: 1, system: 2 });
  });

  test('but not while a Famulus works on it', async () => {
    const { connection, administrate, user, up } = await restricted('owner');
    const roles = await up();
    const worker = await connect(connectionAs(connection, roles, 'system'), 'famulus test');
    await worker.query(
      `insert into workers (id, name, services, host, pid) values (gen_random_uuid(), '', '{}', '', 1)`,
    );
    await worker.query('select pg_advisory_lock_shared(worker_lock_class(), lock_id) from workers');
    await administrate(`alter role ${user} createrole`);
    expect((await up()).mode).toBe('owner');
    await worker.end();
    await expect.poll(async () => (await up()).mode).toBe('log_in');
  });
});

describe('one clear line says what to do when', () => {
  test('the roles are there but not granted', async () => {
    const { administrate, wanted, user, up } = await restricted('granted');
    await administrate(`revoke ${wanted.system.name} from ${user}`);
    await expect(up()).rejects.toMatchObject({
      code: 'database.roles_not_granted',
      message: expect.stringContaining(
        `grant "${wanted.app.name}", "${wanted.system.name}" to "${user}"`,
      ) as string,
    });
  });

  test('row security would not hold', async () => {
    const owner = await restricted('owner');
    await owner.administrate(`alter role ${owner.user} bypassrls`);
    await expect(owner.up()).rejects.toMatchObject({
      code: 'database.role_unsafe',
      message: expect.stringContaining(`alter role ${owner.user} nobypassrls`) as string,
    });
    const { administrate, wanted, up } = await restricted('granted');
    await administrate(`alter role ${wanted.app.name} bypassrls`);
    await expect(up()).rejects.toMatchObject({ code: 'database.role_unsafe' });
  });

  test('the database is missing and may not be created', async () => {
    const { connection, user, up } = await restricted('owner');
    const database = `famulus_own_${randomBytes(4).toString('hex')}`;
    await expect(up({ ...connection, database })).rejects.toMatchObject({
      code: 'database.cannot_create',
      message: expect.stringContaining(`create database "${database}" owner "${user}"`) as string,
    });
  });

  test("the database is another's", async () => {
    const { connection, administrate, user, up } = await restricted('owner');
    await administrate(`alter database ${connection.database} owner to current_user`);
    await expect(up()).rejects.toMatchObject({
      code: 'database.cannot_create_tables',
      message: expect.stringContaining(
        `alter database "${connection.database}" owner to "${user}"`,
      ) as string,
    });
  });

  test("the tables are another's", async () => {
    const { connection, up } = await restricted('owner');
    await up();
    const other = await restricted('owner');
    await expect(up({ ...other.connection, database: connection.database })).rejects.toMatchObject({
      code: 'database.not_owner',
      message: expect.stringContaining(connection.user) as string,
    });
  });
});
