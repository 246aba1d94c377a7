import { parseArgs } from 'node:util';

import { fuzzProgram } from '#test/fuzz/fuzz-program.ts';

const help = `npm run fuzz -- [--requests N] [--seed N] [--concurrency N]

Starts Famulus on a data directory of its own and sends it requests made from its OpenAPI document, some right, most
wrong in some way. Prints a JSON report; exit code 1 when an answer broke the contract.

  --requests N      how many (default 1000000)
  --seed N          brings a run back (default: drawn)
  --concurrency N   how many at once (default 8)`;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 2 ** 31)) },
    concurrency: { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(help);
} else {
  const requests = Number(values.requests);
  const report = await fuzzProgram({
    requests,
    seed: Number(values.seed),
    concurrency: Number(values.concurrency),
    onProgress: (done) => {
      if (done % 10_000 === 0) process.stderr.write(`${done} of ${requests}\n`);
    },
  });
  console.log(JSON.stringify({ ...report, faults: report.faults.slice(0, 50) }, null, 2));
  if (report.faults.length > 0) process.exitCode = 1;
}
