/**
 * Recall: how often what answers a question is the first, or among the first five, that is recalled for it; and how
 * long a search takes that has ten thousand memories of one user to go through. Beside it what PostgreSQL does by itself
 * (`to_tsvector @@ to_tsquery`, any of the words, the best by `ts_rank`).
 */
import { recall, relevantMemories } from '#features/memory/index.ts';
import { openDatabase, type Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { createUser } from '#test/factories.ts';
import { createReport, percentile, type Report } from './measure/report.ts';
import { runBench } from './measure/run.ts';
import { distractors } from './recall/distractors.ts';
import { readLabelled, readUnanswered, type Question } from './recall/labelled.ts';
import { plainSearch } from './recall/plain-search.ts';

const SHOWN = 5;
/** Sets of questions, by whose memories they are asked of: each person has the distractors too. */
const PEOPLE = [['tuned', 'held-out', 'held-out-2'], ['held-out-3']] as const;
const PLAIN = 'PostgreSQL ts_rank';
const MANY = 10_000;

type Search = (database: Database, userId: string, query: string) => Promise<string[]>;

const engines: Record<string, Search> = {
  famulus: async (database, userId, query) =>
    await database.asUser(userId, async (tx) =>
      (await recall(tx, userId, { text: query, count: SHOWN })).map(({ key }) => key),
    ),
  [PLAIN]: async (database, userId, query) =>
    await database.asUser(userId, async (tx) => await plainSearch(tx.db, userId, query, SHOWN)),
};

/** What an assistant is told with a message, unasked. */
const told: Record<string, Search> = {
  ...engines,
  famulus: async (database, userId, query) =>
    await database.asUser(userId, async (tx) =>
      (await relevantMemories(tx.db, userId, { text: query, count: SHOWN })).map(({ key }) => key),
    ),
};

async function keep(database: Database, user_id: string, facts: readonly { key: string; value: string }[]) {
  for (let from = 0; from < facts.length; from += 500) {
    const rows = facts
      .slice(from, from + 500)
      .map((fact) => ({ ...fact, id: newId(), user_id, source: 'user' as const }));
    await database.system.insertInto('memories').values(rows).execute();
  }
}

/** Where the answer stands among what is found, from 0; -1 when it is not among the first five. */
async function placesOf(search: Search, database: Database, userId: string, questions: Question[]) {
  const places: { question: Question; place: number; found: string[] }[] = [];
  for (const question of questions) {
    const found = await search(database, userId, question.text);
    places.push({ question, place: found.indexOf(question.key), found });
  }
  return places;
}

/** How many questions that no memory answers are told something nevertheless, and how much. */
async function measureSilence(database: Database, report: Report, userId: string, of: string): Promise<void> {
  const questions = readUnanswered();
  for (const [engine, search] of Object.entries(told)) {
    const found = [];
    for (const text of questions) found.push(await search(database, userId, text));
    const some = found.filter((keys) => keys.length > 0).length / found.length;
    report.add(engine, `unanswered but told something, ${of} (${questions.length})`, some, '');
    report.add(engine, `memories told then, ${of}`, found.flat().length / found.length, '');
    if (process.env['SHOW'] !== 'unanswered' || engine !== 'famulus') continue;
    for (const [at, text] of questions.entries()) {
      if (found[at]!.length > 0) console.log(`told: ${text} → ${found[at]!.join(' | ')}`);
    }
  }
}

async function measureQuality(database: Database, report: Report): Promise<void> {
  for (const names of PEOPLE) {
    const user = await createUser(database.system);
    const sets = names.map((name) => ({ name, ...readLabelled(name) }));
    const own = sets.flatMap(({ memories }) => memories);
    const keys = new Set(own.map(({ key }) => key));
    await keep(database, user.id, [...distractors.filter(({ key }) => !keys.has(key)), ...own]);
    for (const { name, questions } of sets) {
      for (const [engine, search] of Object.entries(engines)) {
        const places = await placesOf(search, database, user.id, questions);
        const share = (most: number) =>
          places.filter(({ place }) => place >= 0 && place < most).length / places.length;
        report.add(engine, `recall@1, ${name} (${questions.length})`, share(1), '');
        report.add(engine, `recall@5, ${name} (${questions.length})`, share(SHOWN), '');
        if (process.env['SHOW'] !== name || engine !== 'famulus') continue;
        for (const { question, found, place } of places) {
          if (place < 0)
            console.log(`missed: ${question.text} → ${question.key}; found ${found.join(' | ')}`);
        }
      }
    }
    await measureSilence(database, report, user.id, names.at(-1)!);
  }
}

async function measureSpeed(database: Database, report: Report, quick: boolean): Promise<void> {
  const user = await createUser(database.system);
  const { memories, questions } = readLabelled('tuned');
  const facts = [...distractors, ...memories];
  await keep(
    database,
    user.id,
    Array.from({ length: MANY }, (_, n) => {
      const { key, value } = facts[n % facts.length]!;
      return n < facts.length ? { key, value } : { key: `${key} ${newId().slice(-8)}`, value };
    }),
  );
  const took: Record<string, number[]> = {};
  for (let round = 0; round < (quick ? 1 : 4); round += 1) {
    for (const { text } of questions) {
      for (const [engine, search] of Object.entries(engines)) {
        const began = performance.now();
        await search(database, user.id, text);
        (took[engine] ??= []).push(performance.now() - began);
      }
    }
  }
  for (const [engine, times] of Object.entries(took)) {
    report.add(engine, `search of ${MANY} p50`, percentile(times, 0.5), 'ms');
    report.add(engine, `search of ${MANY} p95`, percentile(times, 0.95), 'ms');
  }
}

await runBench(async ({ quick, roles, withDatabase }) => {
  await withDatabase('migrated', async (connection) => {
    const database = openDatabase({ connection, roles, poolSize: 4 });
    const report = createReport('memory', 'famulus');
    try {
      await measureQuality(database, report);
      await measureSpeed(database, report, quick);
    } finally {
      await database.close();
    }
    report.print();
  });
});
