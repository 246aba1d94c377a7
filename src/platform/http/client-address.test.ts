import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { originOf, plainAddress, subscriberOf, trustedProxies } from './client-address.ts';

function incoming(remoteAddress: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

function clientOf(peer: string, forwarded: string): string | undefined {
  return originOf(incoming(peer, { 'x-forwarded-for': forwarded }), proxies).address;
}

describe("the client's address", () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['unknown', undefined],
    [undefined, undefined],
  ])('%s is %s', (given, plain) => {
    expect(plainAddress(given)).toBe(plain);
  });

  test('is that of the connection, whatever headers say, when nobody is trusted', () => {
    const request = incoming('::ffff:192.0.2.1', {
      'x-forwarded-for': '198.51.100.1',
      'x-real-ip': '198.51.100.1',
      forwarded: 'for=198.51.100.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.test',
      host: 'famulus.test',
    });
    const direct = { address: '192.0.2.1', protocol: 'http', host: 'famulus.test' };
    expect(originOf(request, undefined)).toEqual(direct);
    expect(originOf(request, proxies)).toEqual(direct);
    expect(originOf(incoming(undefined), proxies).address).toBeUndefined();
  });

  test.each([
    ['one hop', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    [
      'what the client wrote itself counts for nothing',
      '127.0.0.1',
      '203.0.113.9, 198.51.100.1',
      '198.51.100.1',
    ],
    ['proxies behind one another', '::ffff:10.1.1.1', '203.0.113.9, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['a written one that claims to be a proxy', '127.0.0.1', '10.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['only proxies', '127.0.0.1', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['a port', '127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['IPv6 with a port', 'fd00::1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['mapped', '127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    ['nothing readable', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['nothing readable left of a proxy', '127.0.0.1', '198.51.100.1, x, 10.0.0.3', '10.0.0.3'],
    ['empty', '127.0.0.1', ' , ', '127.0.0.1'],
  ])('through a proxy: %s', (_, peer, forwarded, address) => {
    expect(clientOf(peer, forwarded)).toBe(address);
  });

  test('and what the client asked for come from a trusted proxy', () => {
    const headers = { host: 'inner:8000', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'famulus.test' };
    expect(originOf(incoming('127.0.0.1', headers), proxies)).toMatchObject({
      protocol: 'https',
      host: 'famulus.test',
    });
  });
});

test.each([
  '300.0.0.1',
  '10.0.0.0/33',
  'fd00::/129',
  '10.0.0.0/8/8',
  '10.0.0.0/',
  'fe80::1%eth0',
  'proxy.test',
  '',
])('"%s" is refused as a proxy', (entry) => {
  expect(() => trustedProxies([entry])).toThrow(TypeError);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, subscriber) => {
  expect(subscriberOf(address)).toBe(subscriber);
});
