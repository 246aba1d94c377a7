/**
 * Whether a stranger can tell by the time of a refused sign-in that an e-mail address is known: unknown and known
 * addresses in turn, over HTTP. The ratio of the medians has to lie between 0.8 and 1.25. Beside it, what the first
 * sign-in costs a process that has had none: the auth library is loaded then. `--quick` for fewer.
 */
import { createAccess, createBrowsers, setPasswordHash } from '#features/auth/index.ts';
import { authFeature } from '#features/auth/feature.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import { openDatabase } from '#platform/db/index.ts';
import { createEncryption } from '#platform/encryption/index.ts';
import { createSignals } from '#platform/events/index.ts';
import { createHttpApp } from '#platform/http/app.ts';
import { listen } from '#platform/http/server.ts';
import { createOutbound } from '#platform/outbound/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { createUser } from '#test/factories.ts';
import { createReport, percentile } from './measure/report.ts';
import { runBench } from './measure/run.ts';

const PASSWORD = 'seven green lanterns';
const KNOWN = 'known@example.test';

await runBench(async ({ quick, roles, withDatabase }) => {
  await withDatabase('migrated', async (connection) => {
    const signals = createSignals('bench', async () => {});
    const database = openDatabase({ connection, roles, poolSize: 5 });
    const log = createLogger({ level: 'silent', pretty: false });
    const encryption = createEncryption({ database, secretKey: 'of the benchmark alone', signals });
    const context = { database, signals, log, encryption, outbound: createOutbound() };
    const browsers = createBrowsers(context, { public_url: undefined });
    const access = createAccess(context, { issuer: undefined, sessionOfCookie: browsers.sessionOfCookie });
    const { routes = [] } = authFeature(context, {
      browsers,
      access,
      createUser: async () => await Promise.reject(new Error('nobody joins here')),
      publicUrl: undefined,
    });
    const info = { title: 'Benchmark', version: '0', description: '' };
    const app = createHttpApp({
      log,
      info,
      routes,
      ready: () => true,
      authenticate: async (request) => await access.authenticate(request),
    });
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const user = await createUser(database.system, { email: KNOWN });
    const hash = await hashPassword(PASSWORD);
    await database.asSystem(async (tx) => await setPasswordHash(tx, user.id, hash));

    /** How long it takes, in milliseconds. */
    const signIn = async (email: string, password: string, status: number): Promise<number> => {
      await database.system.deleteFrom('rate_limits').execute();
      const body = JSON.stringify({ email, password });
      const headers = { 'content-type': 'application/json' };
      const started = performance.now();
      const answer = await fetch(`${server.url}/api/auth/sign-in/email`, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      const took = performance.now() - started;
      if (answer.status !== status) throw new Error(`sign-in: ${answer.status} instead of ${status}`);
      return took;
    };

    const report = createReport('sign-in', 'famulus');
    await signIn('warm@example.test', 'wrong password', 401);
    global.gc?.();
    const before = process.memoryUsage().rss;
    report.add('famulus', 'first sign-in', await signIn(KNOWN, PASSWORD, 200), 'ms');
    report.add('famulus', 'resident memory it adds', (process.memoryUsage().rss - before) / 1_000_000, 'MB');

    const unknown: number[] = [];
    const known: number[] = [];
    const right: number[] = [];
    for (let round = 0; round < (quick ? 40 : 200); round += 1) {
      const stranger = async () =>
        unknown.push(await signIn(`nobody-${round}@example.test`, 'wrong password', 401));
      const owner = async () => known.push(await signIn(KNOWN, 'wrong password', 401));
      // Each first as often as the other.
      for (const attempt of round % 2 === 0 ? [stranger, owner] : [owner, stranger]) await attempt();
      if (round % 4 === 0) right.push(await signIn(KNOWN, PASSWORD, 200));
    }
    report.add('famulus', 'refused, unknown address p50', percentile(unknown, 0.5), 'ms');
    report.add('famulus', 'refused, known address p50', percentile(known, 0.5), 'ms');
    report.add('famulus', 'signed in p50', percentile(right, 0.5), 'ms');
    report.print();
    const ratio = percentile(unknown, 0.5) / percentile(known, 0.5);
    const line = { bench: 'sign-in', figure: 'unknown by known address', value: Number(ratio.toFixed(3)) };
    console.log(JSON.stringify({ ...line, least: 0.8, most: 1.25 }));
    await server.close(0);
    await database.close();
  });
});
