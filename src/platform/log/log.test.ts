import { describe, expect, test } from 'vitest';
import { AppError } from '#platform/errors/index.ts';
import { createLogger, withLogContext, type LogLevel } from './index.ts';

/** A logger and what it has written so far. */
function recorded({ level = 'trace', pretty = false }: { level?: LogLevel; pretty?: boolean } = {}) {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const log = createLogger({ level, pretty, destination });
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as unknown),
  };
}

describe('createLogger', () => {
  test('writes one JSON object a line, with the level by name', () => {
    const { log, lines } = recorded({ level: 'info' });
    log.info({ ms: 3 }, 'ready');
    log.debug('not asked for');
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        pid: process.pid,
        ms: 3,
        msg: 'ready',
      },
    ]);
  });

  test('writes for people when asked to, at once', () => {
    const { log, text } = recorded({ pretty: true });
    log.warn({ port: 8000 }, 'taken');
    expect(text()).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: taken\n\s+port: 8000\n$/);
  });

  test('keeps the causes of an error', () => {
    const { log, lines } = recorded();
    log.error(
      new AppError({ code: 'db.down', kind: 'unavailable', message: 'no', cause: new Error('refused') }),
    );
    expect(lines()).toMatchObject([{ err: { code: 'db.down', cause: { message: 'refused' } }, msg: 'no' }]);
  });
});

describe('withLogContext', () => {
  test('is carried across awaits, nested and kept apart', async () => {
    const { log, lines } = recorded();
    const work = async (id: string) => {
      await Promise.resolve();
      log.info(id);
      withLogContext({ user_id: `user of ${id}` }, () => log.info({ extra: 1 }, id));
      log.info(id);
    };
    await Promise.all(['a', 'b'].map((id) => withLogContext({ request_id: id }, () => work(id))));
    log.info('outside');
    const all = lines() as { msg: string; request_id?: string; user_id?: string }[];
    expect(all).toHaveLength(7);
    for (const id of ['a', 'b']) {
      const mine = all.filter((line) => line.msg === id);
      expect(mine.map((line) => line.request_id)).toEqual([id, id, id]);
      expect(mine.map((line) => line.user_id)).toEqual([undefined, `user of ${id}`, undefined]);
    }
    expect(all.at(-1)).not.toHaveProperty('request_id');
  });
});

describe('secrets', () => {
  const canary = 'CANARY0123456789abcdefghijklmnopqrstuvwxyz';

  const names = [
    'authorization',
    'Proxy-Authorization',
    'cookie',
    'set-cookie',
    'password',
    'password_hash',
    'token',
    'access_token',
    'refreshToken',
    'token_hash',
    'secret',
    'client_secret',
    'SECRET_KEY',
    'api_key',
    'x-api-key',
    'apiKey',
    'private_key',
    'credentials',
    'new_password',
    'currentPassword',
    'id_token',
    'x-telegram-bot-api-secret-token',
    'ticket',
    'totp',
    'backup_codes',
    'backupCodes',
    'recovery_codes',
    'invite_code',
    'SMTP_PASSWORD',
  ];

  test.each(names)('of a field named %s never come out', (name) => {
    const { log, text } = recorded();
    log.info({ [name]: canary });
    log.info({ a: { b: { c: { [name]: canary } } } });
    log.info({ list: [{ headers: { [name]: [canary] } }] });
    log.info({ [name]: { inside: canary } });
    log.child({ [name]: canary }).info('child');
    log.child({ deep: { [name]: canary } }).info('child');
    log.info(Object.assign(new Error('failed'), { [name]: canary }));
    log.info({ err: new Error('outer', { cause: Object.assign(new Error('inner'), { [name]: canary }) }) });
    log.info('%j', { [name]: canary });
    log.info(JSON.stringify({ a: 1, [name]: canary, b: '"' }));
    expect(text()).not.toContain('CANARY');
    expect(text().trim().split('\n')).toHaveLength(10);
    for (const line of text().trim().split('\n')) JSON.parse(line);
  });

  const texts = [
    `Authorization: Bearer ${canary}`,
    `authorization: Basic ${canary}==`,
    `fam_${canary}`,
    `"fam_${canary}"`,
    `https://api.telegram.org/bot123456:${canary}/sendMessage`,
    `bot1:${canary}`,
    `123456789:${canary}`,
    `postgres://famulus:${canary}@127.0.0.1:5432/db`,
    `postgres://famulus:p@${canary}@127.0.0.1:5432/db`,
    `redis://:${canary}@host`,
    `https://ntfy.example/topic?token=${canary}&x=1`,
    `host=127.0.0.1 password=${canary} dbname=x`,
    `smtp://mailer:${canary}@mail.example.org:587`,
    `smtps://mailer%40example.org:${canary}@mail.example.org`,
    `https://api.telegram.org/bot123456%3A${canary}/getMe`,
    `eyJhbGciOiJFZERTQSJ9.${canary}.${canary}`,
    `eyJhbGciOiJFZERTQSJ9.eyJ${canary}`,
    `token eyJ${canary}`,
    `fam_setup_${canary}`,
    `http://127.0.0.1:8000/setup#token=${canary}`,
    `http://127.0.0.1:8000/invite#code=${canary}`,
    `http://127.0.0.1:8000/reset#token=${canary}`,
    `/oauth/callback?state=1&code=${canary}`,
    `GET /api/ws?ticket=${canary}&x=1`,
    `famulus.session_token=${canary}.c2ln; Path=/`,
    `otpauth://totp/Famulus:ann?secret=${canary}&issuer=Famulus`,
    `{"email":"ann@example.test","password":"${canary}"}`,
    `email=ann%40example.test&password=${canary}&x=1`,
    `{ email: 'ann@example.test', password: '${canary}' }`,
    `{ 'x-api-key': '${canary}' }`,
    `Key (token)=(${canary}) already exists.`,
    `Key (user_id, token_hash)=(1, ${canary}) already exists.`,
    `alter role famulus_app with login password '${canary}'`,
    `Incorrect API key provided: sk-proj-${canary}`,
    `AIza${canary}`,
    `-----BEGIN PRIVATE KEY-----\n${canary}\n${canary}==\n-----END PRIVATE KEY-----`,
  ];

  test.each(texts)('in a text never come out: %s', (secret) => {
    const { log, text } = recorded();
    const failed = new Error(`failed: ${secret}`, { cause: new Error(`because ${secret}`) });
    log.info(`before ${secret} after`);
    log.info('formatted %s', secret);
    log.info({ url: secret, list: [{ deep: { deeper: `"${secret}"` } }] });
    log.child({ url: secret }).info('child');
    log.error(failed);
    log.error({ err: failed, error: failed, other: new AggregateError([failed], secret) }, 'failed');
    withLogContext({ lane: secret }, () => log.info('in context'));
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('before ');
    expect(text()).toContain(' after');
    for (const line of text().trim().split('\n')) JSON.parse(line);
  });

  const ends = [
    `Cookie: famulus.session_token=${canary}; two_factor=${canary}`,
    `set-cookie: __Secure-famulus.two_factor=${canary}; Path=/; HttpOnly`,
    `Failing row contains (1, ann, ${canary}, null).`,
  ];

  test.each(ends)('that end where the text does never come out: %s', (secret) => {
    const { log, text } = recorded();
    log.info(`before ${secret}`);
    log.error({ err: new Error(secret, { cause: new Error(`"${secret}"`) }), url: secret }, 'after');
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('before ');
    for (const line of text().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  });

  test('are hidden on a terminal too', () => {
    const { log, text } = recorded({ pretty: true });
    log.error({ password: canary, err: new Error(`Bearer ${canary}`) }, `fam_${canary}`);
    expect(text()).toContain('ERROR');
    expect(text()).not.toContain('CANARY');
  });

  test('cost little to look for, whatever the text', () => {
    const { log, text } = recorded();
    const parts = [
      'a-',
      'secret',
      'a.',
      '://',
      'bot1',
      '\\"token',
      '1',
      'eyJ',
      'eyJaaaaaaaa.',
      'cookie: ',
      '(token, ',
      "token: '",
    ];
    // The processor's time, not the clock's: the machine may be busy with other things.
    const before = process.cpuUsage();
    for (const part of parts) log.info(part.repeat(200_000));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
    expect(text().length).toBeGreaterThan(200_000);
  });

  test('are not seen where there are none', () => {
    const { log, lines } = recorded();
    const harmless = {
      prompt_tokens: 120,
      token_id: '0199',
      has_password: true,
      secret: null,
      url: 'https://example.org/a@b?mail=me@example.org',
      text: 'bearer of news, basic understanding, 12:30',
      at: '2026-12-01T09:00:00Z',
    };
    log.info(harmless, 'unexpected token: }');
    expect(lines()).toMatchObject([{ ...harmless, msg: 'unexpected token: }' }]);
  });
});
