import { expect, test } from 'vitest';
import { parseAllowList } from './allow-list.ts';

test('names a host with its port, however it is written', () => {
  const list = parseAllowList(['NAS.local:5232', 'bücher.example:80']);
  expect(list.namesHost('nas.local', 5232)).toBe(true);
  expect(list.namesHost('xn--bcher-kva.example', 80)).toBe(true);
  expect(list.namesHost('nas.local', 80)).toBe(false);
  expect(list.namesHost('other.local', 5232)).toBe(false);
  expect(list.hasAddress('192.168.1.5', 5232)).toBe(false);
});

test('names addresses, with one port or with all', () => {
  const list = parseAllowList(['192.168.1.5:80', '10.0.0.7', '[fd00::1]:8080', 'fd00::2', '[fd00::3]']);
  expect(list.hasAddress('192.168.1.5', 80)).toBe(true);
  expect(list.hasAddress('192.168.1.5', 81)).toBe(false);
  expect(list.hasAddress('10.0.0.7', 4711)).toBe(true);
  expect(list.hasAddress('10.0.0.8', 4711)).toBe(false);
  expect(list.hasAddress('fd00:0:0::1', 8080)).toBe(true);
  expect(list.hasAddress('fd00::1', 80)).toBe(false);
  expect(list.hasAddress('fd00::2', 80)).toBe(true);
  expect(list.hasAddress('fd00::3', 80)).toBe(true);
});

test('names networks, of one family each', () => {
  const list = parseAllowList(['192.168.0.0/16', 'fd00::/8']);
  expect(list.hasAddress('192.168.255.1', 80)).toBe(true);
  expect(list.hasAddress('192.169.0.1', 80)).toBe(false);
  expect(list.hasAddress('fd12::1', 443)).toBe(true);
  expect(list.hasAddress('fe80::1', 443)).toBe(false);
  expect(list.hasAddress('::ffff:192.168.0.1', 80)).toBe(false);
  expect(list.namesHost('192.168.0.1', 80)).toBe(false);
});

test.each([
  'nas.local',
  'http://nas.local',
  'nas.local:99999',
  'nas.local:0',
  'a b:80',
  '192.168.0.0/33',
  'u@h:80',
  '',
])('refuses ‘%s’', (entry) => {
  expect(() => parseAllowList([entry])).toThrow(TypeError);
});
