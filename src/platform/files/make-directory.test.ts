import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDirectory } from './make-directory.ts';

async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'famulus-files-'));
  onTestFinished(async () => await rm(path, { recursive: true }));
  return path;
}

test('makes what is missing, for its owner alone, and leaves what is there', async () => {
  const path = join(await temporary(), 'a', 'b');
  await Promise.all([makeDirectory(path), makeDirectory(path)]);
  await makeDirectory(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('makes what many ask for at once', async () => {
  const root = await temporary();
  for (let round = 0; round < 20; round++) {
    const asked = Array.from({ length: 20 }, (_, n) => join(root, `${round}`, 'a', 'b', `${n}`));
    await Promise.all(asked.map(async (path) => await makeDirectory(path)));
  }
});

test('fails where a file is in the way', async () => {
  const file = join(await temporary(), 'file');
  await writeFile(file, '');
  await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectory(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')('fails where the system makes no directories', async () => {
  await expect(makeDirectory('/proc/famulus/data')).rejects.toMatchObject({ code: 'ENOENT' });
});
