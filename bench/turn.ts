/**
 * How long a turn takes with `builtin/offline`, from the message sent to its reply over `?wait=30`: one after the
 * other, in one process and in several. `--count 50` for a shorter one.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { install, shapes, type Shape } from '#test/installation.ts';
import { ask, mainThreadOf } from '#test/records.ts';
import { createReport, percentile } from './measure/report.ts';

const WARM_UP = 30;

const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } });
const count = Number(values.count);

/** What is said, by what it makes the assistant do. */
const texts = {
  'a reminder set': (index: number) => `remind me in ${index + 10} hours to stretch`,
  'a question about the time': () => 'what time is it?',
  'small talk': () => 'hello',
};

const report = createReport('turn', 'famulus');
const PEER = 'OpenClaw 2026.9.6 (quoted, not measured here)';

async function measure(shape: Shape): Promise<void> {
  await using famulus = await install(shape);
  const { client } = await famulus.person();
  const thread = await mainThreadOf(client);
  const kinds = Object.entries(texts);
  for (let index = 0; index < WARM_UP; index += 1)
    await ask(client, thread, kinds[index % kinds.length]![1](index));
  for (const [kind, text] of kinds) {
    const took: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const begun = performance.now();
      await ask(client, thread, text(index));
      took.push(performance.now() - begun);
    }
    report.add('famulus', `${kind}, ${shape}, p50`, percentile(took, 0.5), 'ms');
    report.add('limit', `${kind}, ${shape}, p50`, 150, 'ms');
    report.add('famulus', `${kind}, ${shape}, p99`, percentile(took, 0.99), 'ms');
  }
}

const load = loadavg()[0]!.toFixed(1);
for (const shape of shapes) await measure(shape);
report.add(PEER, 'small talk, one process, p50', 152, 'ms');
console.log(`${count} turns each, one after the other, load before ${load}, Node ${process.version}\n`);
report.print();
