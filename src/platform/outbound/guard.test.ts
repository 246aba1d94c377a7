import { expect, onTestFinished, test } from 'vitest';
import { createOutbound, type OutboundOptions } from './create-outbound.ts';
import { listener } from './test-listener.ts';

function outbound(options: OutboundOptions = {}) {
  const made = createOutbound(options);
  onTestFinished(made.close);
  return made;
}

const isRefused = expect.objectContaining({ code: 'outbound.refused', kind: 'invalid' });

const names: Record<string, string[]> = {
  'loopback.example': ['127.0.0.1'],
  'loopback6.example': ['::1'],
  'mixed.example': ['127.0.0.1', '192.0.43.8'],
  'mixed-later.example': ['192.0.43.8', '::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nowhere.example': [],
  'strange.example': ['not an address'],
};

const resolve = async (host: string) =>
  await Promise.resolve(
    (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );

const hosts = `
  127.0.0.1 localhost LOCALHOST [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
  [::127.0.0.1] [::] 0.0.0.0 0 2130706433 0x7f.1 0x7f000001 0177.0.0.1 127.1 127.0.0.1. １２７.0.0.1
  [64:ff9b::7f00:1] [2002:7f00:1::] [fd00::1] [fe80::1] 169.254.169.254 10.0.0.1 192.168.1.1
  172.16.0.1 100.64.0.1 198.18.0.1 224.0.0.1
`
  .trim()
  .split(/\s+/);

test.each(hosts)('http://%s/ is refused and not connected to', async (host) => {
  const { port, connections } = await listener();
  await expect(outbound().fetch(`http://${host}:${port}/`)).rejects.toEqual(isRefused);
  expect(connections()).toBe(0);
});

test.each(Object.keys(names))('%s is refused for what it resolves to', async (host) => {
  const { port, connections } = await listener();
  await expect(outbound({ resolve }).fetch(`http://${host}:${port}/`)).rejects.toEqual(isRefused);
  await expect(outbound({ resolve }).fetch(`https://${host}:${port}/`)).rejects.toEqual(isRefused);
  expect(connections()).toBe(0);
});

test('a name is looked up once for a connection, so that a second answer is never used', async () => {
  const came: (string | undefined)[] = [];
  const { port } = await listener((request, response) => {
    came.push(request.socket.localAddress);
    response.setHeader('connection', 'close').end();
  });
  let asked = 0;
  const { fetch } = outbound({
    // An address that may be called when it is checked, another from then on.
    resolve: async () =>
      await Promise.resolve([{ address: ++asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]),
    allow: ['127.0.0.2'],
  });
  await fetch(`http://rebinding.example:${port}/`);
  expect(asked).toBe(1);
  await expect(fetch(`http://rebinding.example:${port}/`)).rejects.toEqual(isRefused);
  expect(came).toEqual(['::ffff:127.0.0.2']);
});

test.each(['127.0.0.1', '[::1]', 'localhost', '2130706433'])('a redirect to %s is refused', async (host) => {
  const inside = await listener();
  const outside = await listener((_request, response) => {
    response.writeHead(302, { location: `http://${host}:${inside.port}/` }).end();
  });
  const { fetch } = outbound({ allow: [`127.0.0.1:${outside.port}`] });
  await expect(fetch(outside.url)).rejects.toEqual(isRefused);
  expect(outside.connections()).toBe(1);
  expect(inside.connections()).toBe(0);
});

test.each([
  'file:///etc/passwd',
  'ftp://example.com/',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'http://user:secret@example.com/',
  'http://user@example.com/',
  'http://',
  'http://[fe80::1%25eth0]/',
  'no address',
  '/path',
])('%s is refused', async (url) => {
  await expect(outbound().fetch(url)).rejects.toEqual(isRefused);
});

test('a redirect to another scheme, or with a password, is refused', async () => {
  for (const location of ['file:///etc/passwd', 'http://user:secret@example.com/']) {
    const { port, url } = await listener((_request, response) => {
      response.writeHead(302, { location }).end();
    });
    await expect(outbound({ allow: [`127.0.0.1:${port}`] }).fetch(url)).rejects.toEqual(isRefused);
  }
});

test('what the operator allows is let through, by address, by network and by name', async () => {
  const { port, url, connections } = await listener();
  const reached = async (target: string, allow: string[]) => {
    const answer = await outbound({ allow, resolve }).fetch(target);
    expect(await answer.text()).toBe('here');
  };
  await reached(url, [`127.0.0.1:${port}`]);
  await reached(url, ['127.0.0.0/8']);
  await reached(`http://0x7f.1:${port}/`, ['127.0.0.1']);
  await reached(`http://[::1]:${port}/`, [`[::1]:${port}`]);
  await reached(`http://loopback.example:${port}/`, [`loopback.example:${port}`]);
  await reached(`http://loopback6.example:${port}/`, ['::/0']);
  expect(connections()).toBe(6);
});

test('what is allowed on one port, or under one name, is refused elsewhere; the refusal says the mend', async () => {
  const { port, url, connections } = await listener();
  const elsewhere = outbound({ allow: [`127.0.0.1:${port + 1}`, `other.example:${port}`], resolve });
  await expect(elsewhere.fetch(url)).rejects.toThrow(
    `127.0.0.1 is an address of this machine, which is not called from here unless the operator allows it (OUTBOUND_ALLOW=127.0.0.1:${port})`,
  );
  await expect(elsewhere.fetch(`http://loopback6.example:${port}/`)).rejects.toThrow(
    `OUTBOUND_ALLOW=loopback6.example:${port}`,
  );
  expect(connections()).toBe(0);
});
