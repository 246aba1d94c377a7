import { kyselyAdapter } from '@better-auth/kysely-adapter';
import type { BetterAuthOptions, DBAdapter, Where } from 'better-auth';
import type { Kysely } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import { currentAct, needAct, type LibrarySession } from './act.ts';

/**
 * The tables as the library sees them: in the transaction of the act it is called for, so that what it does and our
 * record of it are one commit. Sessions are ours and it reaches them through the act's door.
 */
export function libraryAdapter(fallback: Db): (options: BetterAuthOptions) => DBAdapter {
  const database = new Proxy(fallback, {
    get(_, name) {
      const db = currentAct()?.tx.db ?? fallback;
      const value: unknown = Reflect.get(db, name);
      return typeof value === 'function' ? (value.bind(db) as unknown) : value;
    },
  });
  return (options) => {
    const tables = kyselyAdapter(database as Kysely<unknown>, { type: 'postgres' })(options);

    async function withUser(session: LibrarySession | null) {
      if (!session) return null;
      const user = await tables.findOne<object>({
        model: 'user',
        where: [{ field: 'id', value: session.userId }],
      });
      return user && { ...session, user };
    }

    const adapter: DBAdapter = {
      ...tables,
      create: async <T extends Record<string, unknown>, R = T>(
        input: Parameters<DBAdapter['create']>[0],
      ): Promise<R> => {
        if (input.model !== 'session') return await tables.create<T, R>(input as never);
        const { token, expiresAt } = input.data as { token: string; expiresAt: Date };
        return (await needAct().sessions.create({ token, expiresAt })) as R;
      },
      findOne: async <T>(input: Parameters<DBAdapter['findOne']>[0]): Promise<T | null> => {
        if (input.model === 'session') return (await withUser(await needAct().sessions.find())) as T | null;
        if (input.model !== 'user') return await tables.findOne<T>(input);
        return await tables.findOne<T>({ ...input, where: input.where.map(byId) });
      },
      findMany: async <T>(input: Parameters<DBAdapter['findMany']>[0]): Promise<T[]> => {
        if (input.model !== 'session') return await tables.findMany<T>(input);
        // Asked before a deletion: by its token for one, by the user for all.
        const byToken = input.where?.some(({ field }) => field === 'token') === true;
        const found = byToken ? await needAct().sessions.find() : null;
        return found ? [found as T] : [];
      },
      update: async <T>(input: Parameters<DBAdapter['update']>[0]): Promise<T | null> => {
        if (input.model !== 'session') return await tables.update<T>(input);
        return (await needAct().sessions.extend(input.update.expiresAt as Date)) as T | null;
      },
      delete: async (input) => {
        if (input.model === 'session') await needAct().sessions.end();
        else await tables.delete(input);
      },
      deleteMany: async (input) => {
        if (input.model === 'session') return await needAct().sessions.endOthers();
        return await tables.deleteMany(input);
      },
      // It is called in a transaction.
      transaction: async (work) => await work(adapter),
    };
    return adapter;
  };
}

function byId(where: Where): Where {
  return where.field === 'email' ? { field: 'id', value: needAct().user_id } : where;
}
