import { expect, test } from 'vitest';
import { whyNotPublic } from './addresses.ts';

const notPublic = `
  127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1
  100.127.255.255 169.254.169.254 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.0.0.8
  192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 192.88.99.1 :: ::1 ::127.0.0.1
  ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00::1
  fd00:ec2::254 ff02::1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:2::1
  2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 3fff::1 4000::1 5f00::1 localhost
`
  .trim()
  .split(/\s+/);

test.each(notPublic)('%s is not public', (address) => {
  expect(whyNotPublic(address)).toMatch(/^(?:an?|not) /);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '198.20.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is public', (address) => {
  expect(whyNotPublic(address)).toBeUndefined();
});
