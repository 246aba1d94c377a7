import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrSvg } from './qr-code.ts';

const uri = 'otpauth://totp/Famulus:ada@example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Famulus';

test('the picture has every dark module in its place, and a margin', () => {
  const svg = qrSvg(uri);
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) / 4;
  const dark = new Set([...svg.matchAll(/M(\d+),(\d+)h4v4h-4z/g)].map(([, x, y]) => `${+x! / 4} ${+y! / 4}`));
  const { data, size } = encode(uri, { border: 0 });
  expect(side).toBe(size + 8);
  const wanted = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`${x + 4} ${y + 4}`] : [])));
  expect([...dark].toSorted()).toEqual(wanted.toSorted());
});

test('it has nothing but shapes in it', () => {
  expect([...qrSvg(`${uri}<script>`).matchAll(/<(\w+)/g)].map(([, name]) => name)).toEqual([
    'svg',
    'rect',
    'path',
  ]);
});
