import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { projectDirectory } from '#app/config.ts';
import { startProgram } from '#test/program.ts';

interface Finding {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

/** What Redocly's recommended rules have against a document. */
async function lint(file: string): Promise<Finding[]> {
  const command = join(projectDirectory, 'node_modules/.bin/redocly');
  const args = ['lint', file, '--format=json', '--config', join(projectDirectory, 'redocly.yaml')];
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };
  const stdout = await new Promise<string>((resolve) => {
    execFile(command, args, { env, maxBuffer: 64 * 1024 * 1024 }, (_error, out) => resolve(out));
  });
  return (JSON.parse(stdout) as { problems: Finding[] }).problems;
}

test("the OpenAPI document is clean by Redocly's recommended rules", { timeout: 60_000 }, async () => {
  await using famulus = await startProgram();
  const document = await (await fetch(`${famulus.url}/api/openapi.json`)).text();
  const directory = await mkdtemp(join(tmpdir(), 'famulus-openapi-'));
  try {
    const file = join(directory, 'openapi.json');
    await writeFile(file, document);
    const found = await lint(file);
    expect(
      found.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`),
    ).toEqual([]);
    // The linter lints: a document without its descriptions is not clean.
    await writeFile(file, document.replaceAll(/"description":/g, '"no_description":'));
    expect(await lint(file)).not.toEqual([]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
