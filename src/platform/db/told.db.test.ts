import { expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';

const db = testDatabase();

test('events of many users in one transaction are each in their order, and nobody else is told', async () => {
  const users = await Promise.all(
    Array.from({ length: 30 }, async () => (await createUser(db.database.system)).id),
  );
  const gone = newId();
  const bystander = await createUser(db.database.system, { event_seq: 7 });
  const [first] = users;
  await db.database.asUser(first!, async (tx) =>
    tx.emit({ user_id: first!, type: 'before', subject: null, payload: {} }),
  );
  await db.database.asSystem(async (tx) => {
    for (let n = 0; n < 300; n++) {
      const user_id = n % 10 === 9 ? gone : users[(n * 7) % users.length]!;
      tx.emit({ user_id, type: 'told', subject: `thing:${n}`, payload: { n } });
    }
    await Promise.resolve();
  });
  const { rows } = await db.owner.query<{ user_id: string; seq: number; n: number | null; subject: string }>(
    `select user_id, seq::int, (payload ->> 'n')::int as n, subject from events order by user_id, seq`,
  );
  const told = rows.filter(({ n }) => n !== null);
  expect(told).toHaveLength(270);
  for (const { n, subject, user_id } of told) {
    expect(subject).toBe(`thing:${n}`);
    expect(user_id).toBe(users[(n! * 7) % users.length]);
  }
  for (const user of users) {
    const own = rows.filter(({ user_id }) => user_id === user);
    expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));
    const numbers = own.flatMap(({ n }) => n ?? []);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
  const { rows: counters } = await db.owner.query<{ id: string; event_seq: string }>(
    `select u.id, u.event_seq from users u
     where u.event_seq <> (select count(*) from events e where e.user_id = u.id)`,
  );
  expect(counters.map(({ id }) => id)).toEqual([bystander.id]);
});
