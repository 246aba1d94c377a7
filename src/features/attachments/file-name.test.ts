import { expect, test } from 'vitest';
import { disposition, fileName } from './file-name.ts';

test.each([
  ['photo.png', 'photo.png'],
  ['C:\\Users\\me\\фото.png', 'фото.png'],
  ['../../etc/passwd', 'passwd'],
  ['a/b/', 'b'],
  ['..', 'file'],
  ['', 'file'],
  [undefined, 'file'],
  ['photo\u202egnp.exe', 'photognp.exe'],
  ['a\r\nSet-Cookie: x', 'aSet-Cookie: x'],
])('%j is shown as %j', (said, shown) => {
  expect(fileName(said)).toBe(shown);
});

test('a long name keeps its ending', () => {
  const name = fileName(`${'x'.repeat(500)}.jpeg`);
  expect(name).toHaveLength(200);
  expect(name).toMatch(/x\.jpeg$/);
});

test('a header has any name in ASCII, and nothing ends its quotes', () => {
  expect(disposition('attachment', 'Отчёт "2026" (1)*\'%.pdf')).toBe(
    'attachment; filename="_____ _2026_ (1)*\'_.pdf"; ' +
      "filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%222026%22%20%281%29%2A%27%25.pdf",
  );
});
