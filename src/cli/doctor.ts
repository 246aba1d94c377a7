import { dataDirectoryOf, loadConfig, type Overrides } from '#app/config.ts';
import { messageOf } from '#platform/errors/index.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { checkDatabase } from './doctor/database.ts';
import { fail, ok, type Finding } from './doctor/finding.ts';
import { checkDataDirectory, checkNode, checkSecretKey } from './doctor/machine.ts';
import { checkModels, checkRedis } from './doctor/neighbours.ts';
import { checkPort, checkProgram } from './doctor/program.ts';
import { print } from './output.ts';

/** Every check, in the order in which one leads to the next. */
async function examine(overrides: Overrides, fix: boolean): Promise<Finding[]> {
  const dataDirectory = dataDirectoryOf(overrides);
  const findings = [checkNode(process.versions.node), await checkDataDirectory(dataDirectory)];
  let loaded: ReturnType<typeof loadConfig>;
  try {
    loaded = loadConfig(overrides);
  } catch (error) {
    return [
      ...findings,
      fail('configuration', messageOf(error), 'correct these settings; the rest was not looked at'),
    ];
  }
  const { config, warnings } = loaded;
  findings.push(
    warnings.length === 0
      ? ok('configuration', 'every setting is valid')
      : {
          check: 'configuration',
          state: 'warn',
          detail: warnings.join('; '),
          mend: 'remove them or correct their names',
        },
    await checkSecretKey(config, fix),
  );
  // Without a place for its data the embedded PostgreSQL has nothing to say.
  const usable = findings.every(({ check, state }) => check !== 'data directory' || state !== 'fail');
  if (usable || config.database.url !== undefined || config.database.host !== undefined) {
    findings.push(...(await checkDatabase(overrides)));
  }
  findings.push(await checkProgram(dataDirectory), await checkPort(config));
  findings.push(await checkRedis(config), await checkModels(config));
  return findings;
}

function lineOf({ check, state, detail, mend }: Finding): string {
  const sign = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' }[state];
  return `${sign}  ${check.padEnd(15)} ${detail}${mend === undefined ? '' : `\n      ${' '.repeat(15)} → ${mend}`}`;
}

export const doctor: Command = {
  usage: 'doctor [--json] [--fix]',
  summary: 'Checks every part and says the mend',
  help: `--json   as JSON: [{"check", "state": "ok"|"warn"|"fail", "detail", "mend"?}]
--fix    mends what needs no decision
Exit code 1 when something fails.`,
  options: { ...commonOptions, json: { type: 'boolean' }, fix: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('doctor', words);
    const findings = await examine({ dataDir: textOption(options, 'data-dir') }, options['fix'] === true);
    if (options['json']) print(JSON.stringify(findings));
    else for (const finding of findings) print(lineOf(finding));
    return findings.some(({ state }) => state === 'fail') ? 1 : 0;
  },
};
