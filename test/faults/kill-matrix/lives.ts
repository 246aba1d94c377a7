import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '#test/client.ts';
import { readAll } from '#test/records.ts';
import type { Random } from '#test/seeded-random.ts';
import {
  beginVersion,
  endVersion,
  firstOfMinute,
  promise,
  type Answered,
  type Promised,
} from './promises.ts';

const MINUTE_MS = 60_000;
/** As good as never, in a run. */
const FAR_MS = 40 * 24 * 60 * MINUTE_MS;
/** A new instant is further off than a program that was killed takes to be back. */
const AGAIN_MS = 10_000;

/** A request was carried out, but its answer died with the program before it was kept. */
const LOST = 'idempotency.answer_lost';
const CONFLICT = 409;

const IN_THE_PAST = 'schedules.in_the_past';
/** So long after its time nothing can be set for it any more. */
const TOO_LATE_MS = MINUTE_MS;

/** What users do with reminders, and how often out of a hundred. */
const shares = {
  plain: 66,
  moved: 7,
  snoozed: 6,
  paused_and_resumed: 4,
  paused: 2,
  cancelled: 2,
  done_before: 2,
  deleted: 2,
  reworded: 3,
  recurring: 3,
  far: 3,
} as const;

type Life = keyof typeof shares;

export interface Person {
  id: string;
  client: Client;
}

export interface Lives {
  promised: Promised[];
  /** Answers that no request of these should have. */
  surprises: string[];
  /** Sets a reminder; what becomes of it later goes on by itself. */
  begin(): Promise<void>;
  /** Ends what recurs, once everything that goes on by itself has ended. */
  finish(): Promise<void>;
}

/** @param changesTimes whether answers can be relied on to come: else a time that was given twice would come twice */
export function livesOf(people: Person[], random: Random, changesTimes: boolean): Lives {
  const promised: Promised[] = [];
  const surprises: string[] = [];
  const going = new Set<Promise<void>>();
  const recurring = new Map<Promised, Person>();
  let finishing = false;
  let count = 0;

  function pickLife(): Life {
    let drawn = random.between(0, 100);
    for (const [life, share] of Object.entries(shares)) {
      drawn -= share;
      if (drawn < 0) return life as Life;
    }
    return 'plain';
  }

  /** Asks until there is an answer. A request that changes something twice has a key. */
  async function ask(
    person: Person,
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Answered & { code?: string } }> {
    const key = { 'idempotency-key': `${path}-${(count += 1)}` };
    for (;;) {
      const answer = await (
        method === 'post'
          ? person.client.post<Answered>(path, body, key)
          : method === 'patch'
            ? person.client.patch<Answered>(path, body)
            : person.client[method]<Answered>(path)
      ).catch(() => undefined);
      if (answer && answer.status < 500) return answer;
      await sleep(50);
    }
  }

  /** What was set by a request whose answer the program could not keep: it says so, and a user looks for it. */
  async function findSet(person: Person, is: (reminder: Answered) => boolean): Promise<Answered> {
    for (;;) {
      const all = await readAll<Answered>(person.client, '/api/reminders').catch(() => undefined);
      const found = all?.find(is);
      if (found) return found;
      await sleep(50);
    }
  }

  /** It never got through while it could be set, so nothing was promised. */
  function isTooLate({ body }: { body: { code?: string } }, instant: string): boolean {
    return body.code === IN_THE_PAST && Date.parse(instant) < Date.now() - TOO_LATE_MS;
  }

  function isSurprise(
    { status, body }: { status: number; body: object },
    what: string,
    ...expected: string[]
  ) {
    const { code } = (body ?? {}) as { code?: string };
    if (status < 300 || (code !== undefined && expected.includes(code))) return false;
    surprises.push(`${what}: ${status} ${JSON.stringify(body)}`);
    return true;
  }

  /** Many at one instant, some alone. */
  function instant(fromNow: number): number {
    const grid = [1, 500, 5_000][random.between(0, 3)]!;
    return Math.ceil((Date.now() + fromNow) / grid) * grid;
  }

  async function set(person: Person, life: Life): Promise<Promised | undefined> {
    const text = `promise ${(count += 1)} of ${life}`;
    // One that is deleted never comes: what it would leave, nobody could account for.
    const soon = life === 'deleted' ? 30_000 : random.between(2_000, 12_000);
    const second = random.between(0, 6) * 10;
    const time =
      life === 'recurring'
        ? {
            type: 'recurring',
            cron_expression: `${second} * * * * *`,
            catch_up: ['latest', 'all'][random.between(0, 2)],
          }
        : { type: 'one_time', trigger_at: new Date(instant(life === 'far' ? FAR_MS : soon)).toISOString() };
    const answer = await ask(person, 'post', '/api/reminders', { text, ...time });
    if ('trigger_at' in time && isTooLate(answer, time.trigger_at)) return undefined;
    if (isSurprise(answer, 'set', LOST)) return undefined;
    const kept =
      answer.status === CONFLICT
        ? await findSet(person, ({ payload }) => payload.text === text)
        : answer.body;
    let first = Date.parse(answer.body.next_fire_at ?? '');
    if (answer.status === CONFLICT) {
      first =
        'trigger_at' in time
          ? Date.parse(time.trigger_at)
          : firstOfMinute(second, Date.parse(kept.created_at));
    }
    const made = promise(person.id, kept, first, life === 'recurring' ? MINUTE_MS : undefined);
    promised.push(made);
    if (life === 'recurring') recurring.set(made, person);
    return made;
  }

  /** Pauses it, ends it or says it is done: after the answer nothing of the old time comes. */
  async function end(person: Person, made: Promised, status: string): Promise<void> {
    const path = `/api/reminders/${made.id}`;
    const asked = Date.now();
    const answer =
      status === 'done'
        ? await ask(person, 'post', `${path}/done`)
        : await ask(person, 'patch', path, { status });
    if (isSurprise(answer, status, 'schedules.fired', LOST)) return;
    if (answer.status < 300) endVersion(made, answer.body, asked);
    if (answer.status === CONFLICT) endVersion(made, (await ask(person, 'get', path)).body, asked);
  }

  async function resume(person: Person, made: Promised): Promise<void> {
    if (made.versions.at(-1)!.ended === undefined) return;
    const answer = await ask(person, 'patch', `/api/reminders/${made.id}`, { status: 'active' });
    if (isSurprise(answer, 'resume', 'schedules.fired', IN_THE_PAST) || answer.status >= 300) return;
    beginVersion(made, answer.body);
  }

  async function move(person: Person, made: Promised): Promise<void> {
    const isRecurring = recurring.has(made);
    const body = isRecurring
      ? { cron_expression: `${random.between(0, 6) * 10 + 5} * * * * *` }
      : { trigger_at: new Date(instant(random.between(AGAIN_MS, 2 * AGAIN_MS))).toISOString() };
    const asked = Date.now();
    const answer = await ask(person, 'patch', `/api/reminders/${made.id}`, body);
    if (isSurprise(answer, 'move')) return;
    endVersion(made, answer.body, asked);
    beginVersion(made, answer.body, isRecurring ? MINUTE_MS : undefined);
  }

  async function snooze(person: Person, made: Promised): Promise<void> {
    const until = new Date(instant(random.between(AGAIN_MS, 2 * AGAIN_MS))).toISOString();
    const answer = await ask(person, 'post', `/api/reminders/${made.id}/snooze`, { until });
    if (isTooLate(answer, until)) return;
    if (isSurprise(answer, 'snooze', LOST)) return;
    const kept =
      answer.status === CONFLICT
        ? await findSet(person, ({ snoozed_from }) => snoozed_from === made.id)
        : answer.body;
    promised.push(promise(person.id, kept, Date.parse(until)));
  }

  async function reword(person: Person, made: Promised): Promise<void> {
    const text = `${made.texts[0]}, in other words`;
    made.texts.push(text);
    isSurprise(await ask(person, 'patch', `/api/reminders/${made.id}`, { text }), 'reword');
  }

  async function recur(person: Person, made: Promised): Promise<void> {
    const until = Date.now() + random.between(20_000, 180_000);
    while (Date.now() < until && !finishing) await sleep(500);
    const what = finishing ? 3 : random.between(0, 4);
    if (what === 0) await end(person, made, 'cancelled');
    if (what === 1) await end(person, made, 'paused');
    if (what === 2 && changesTimes) await move(person, made);
  }

  async function live(person: Person, made: Promised, life: Life): Promise<void> {
    if (life === 'recurring') return await recur(person, made);
    if (life === 'plain' || life === 'far') return;
    // A little before or after its time, so that both sides of the race are met.
    const early = life === 'deleted' ? -29_000 : random.between(-2_000, 1_500);
    await sleep(Math.max(0, made.versions[0]!.first! + early - Date.now()));
    if (life === 'moved' && changesTimes) await move(person, made);
    if (life === 'snoozed') await snooze(person, made);
    if (life === 'reworded') await reword(person, made);
    if (life === 'cancelled' || life === 'paused') await end(person, made, life);
    if (life === 'done_before') await end(person, made, 'done');
    if (life === 'deleted') {
      made.deleted = true;
      isSurprise(await ask(person, 'delete', `/api/reminders/${made.id}`), 'delete', 'reminders.not_found');
    }
    if (life === 'paused_and_resumed') {
      await end(person, made, 'paused');
      await sleep(random.between(0, 3_000));
      if (changesTimes) await resume(person, made);
    }
  }

  return {
    promised,
    surprises,
    begin: async () => {
      const person = people[random.between(0, people.length)]!;
      const life = pickLife();
      const made = await set(person, life);
      if (!made) return;
      const lived = live(person, made, life);
      going.add(lived);
      void lived.finally(() => going.delete(lived));
    },
    finish: async () => {
      finishing = true;
      await Promise.all(going);
      for (const [made, person] of recurring) {
        if (made.versions.at(-1)!.ended === undefined) await end(person, made, 'cancelled');
      }
    },
  };
}
