import { expect, test } from 'vitest';
import { keptFiles, keptText, readyFiles, type DraftFile } from './draft-file.ts';

const file = {
  type: 'file',
  attachment_id: 'a',
  filename: 'a.png',
  mediaType: 'image/png',
  size_bytes: 5,
  url: '/x',
} as const;
const at = '2026-11-21T09:00:00.000Z';
const now = Date.parse(at);
const ready: DraftFile = { key: '1', name: 'a.png', size: 5, state: { is: 'ready', file, at } };
const others: DraftFile[] = [
  { key: '2', name: 'b', size: 5, state: { is: 'uploading', share: 0.5 } },
  { key: '3', name: 'c', size: 5, state: { is: 'failed', why: null } },
];

test('what is uploaded is kept, and sent', () => {
  expect(readyFiles([ready, ...others])).toEqual([file]);
  expect(keptFiles(keptText([ready, ...others]), now + 1_000)).toEqual([ready]);
  expect(keptText(others)).toBeNull();
});

test('what the server has forgotten by now is not offered any more', () => {
  expect(keptFiles(keptText([ready]), now + 24 * 3_600_000)).toEqual([]);
});

test('what is broken is nothing', () => {
  expect([null, '', '{', '{}', '[1]', 'null'].map((kept) => keptFiles(kept, now))).toEqual([
    [],
    [],
    [],
    [],
    [],
    [],
  ]);
});
