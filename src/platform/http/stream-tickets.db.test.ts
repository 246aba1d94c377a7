import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { issueTicket, pruneTickets, useTicket, type StreamCaller } from './stream-tickets.ts';

const files = testDatabase();

async function caller(): Promise<StreamCaller> {
  const { id } = await createUser(files.database.system);
  return { user_id: id, scopes: ['chat:read'], token_id: id, session_id: null, until: 17 };
}

const stored = async () => (await files.owner.query('select * from stream_tickets')).rows as object[];

describe('a ticket', () => {
  test('stands for its caller once, whoever else comes at the same time', async () => {
    const ann = await caller();
    const { ticket } = await issueTicket(files.database, ann);
    const uses = await Promise.all(
      Array.from({ length: 10 }, async () => await useTicket(files.database, ticket)),
    );
    expect(uses.filter((use) => use !== undefined)).toEqual([ann]);
    expect(await useTicket(files.database, ticket)).toBeUndefined();
  });

  test('is 256 random bits, of which nothing is kept', async () => {
    const [{ ticket }, other] = [
      await issueTicket(files.database, await caller()),
      await issueTicket(files.database, await caller()),
    ];
    expect(ticket).toMatch(/^fam_ws_[\w-]{43}$/);
    expect(other.ticket).not.toBe(ticket);
    expect(JSON.stringify(await stored())).not.toContain(ticket.slice(7));
  });

  test('holds for thirty seconds, and is removed after that', async () => {
    const { ticket, expires_at } = await issueTicket(files.database, await caller());
    expect(Math.abs(expires_at.getTime() - Date.now() - 30_000)).toBeLessThan(5_000);
    const other = await issueTicket(files.database, await caller());
    await files.moveClock(31_000);
    try {
      expect(await useTicket(files.database, ticket)).toBeUndefined();
      await pruneTickets(files.database.system);
      expect(await stored()).toEqual([]);
    } finally {
      await files.moveClock(0);
    }
    expect(await useTicket(files.database, other.ticket)).toBeUndefined();
  });

  test('is gone with its user, and never there under another name', async () => {
    const ann = await caller();
    const { ticket } = await issueTicket(files.database, ann);
    await files.owner.query('delete from users where id = $1', [ann.user_id]);
    for (const wrong of [ticket, '', 'fam_ws_', `${ticket}x`])
      expect(await useTicket(files.database, wrong)).toBeUndefined();
  });

  test('is out of reach for the role of requests', async () => {
    const read = files.database.asUser((await caller()).user_id, async (tx) =>
      tx.db.selectFrom('stream_tickets').select('id').execute(),
    );
    await expect(read).rejects.toThrow(/permission denied/);
  });
});
