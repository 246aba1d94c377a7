import { parseArgs } from 'node:util';

import { seededRandom } from '#test/seeded-random.ts';
import { killPrograms } from './kill-programs.ts';
import { killWorkers } from './kill-workers.ts';
import { summary, type KillReport } from './report.ts';

const help = `npm run kill-matrix -- [--kills N] [--program-kills N] [--reminders N] [--seed N]

Kills workers with -9 at named points, before and after each commit of claim, lease, completion, send and
acknowledgement, then the whole program at any moment, while reminders come due; then compares what came with what was
promised. Exit code 1 when something differs, with what does.

  --kills N           of workers over one PostgreSQL that lives (default 950)
  --program-kills N   of the whole program (default 50)
  --reminders N       set in all, a twentieth of them for the program (default 10000)
  --seed N            brings a run back as far as chance decided it (default: drawn)`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '950' },
    'program-kills': { type: 'string', default: '50' },
    reminders: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Differences shown of each kind. */
const SHOWN = 20;

function printDifferences({ differences }: KillReport): void {
  const byKind = Map.groupBy(differences, (difference) => difference.slice(0, difference.indexOf(':')));
  for (const [kind, all] of byKind) {
    console.log(`${all.length} × ${kind}`);
    for (const difference of all.slice(0, SHOWN)) console.log(`- ${difference}`);
  }
}

async function run(): Promise<KillReport[]> {
  const random = seededRandom(values.seed === undefined ? undefined : Number(values.seed));
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const reminders = Number(values.reminders);
  const reports: KillReport[] = [];
  for (const [name, kill, kills, share] of [
    ['workers', killWorkers, Number(values.kills), 0.95],
    ['the program', killPrograms, Number(values['program-kills']), 0.05],
  ] as const) {
    if (kills === 0) continue;
    const report = await kill({ kills, reminders: Math.ceil(reminders * share), random, progress });
    reports.push(report);
    for (const point of Object.keys(report.kills).toSorted()) console.log(`${point}: ${report.kills[point]}`);
    printDifferences(report);
    console.log(summary(name, report));
  }
  return reports;
}

if (values.help) {
  console.log(help);
} else {
  const reports = await run();
  if (reports.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
}
