import { Buffer } from 'node:buffer';
import { expect, test, vi } from 'vitest';
import type { FilePart, MessagePart } from '../contract.ts';
import { showFiles, userContent, type ReadFile } from './attached.ts';

function file(filename: string, mediaType: string, size_bytes = 3): FilePart {
  return { type: 'file', attachment_id: filename, filename, mediaType, size_bytes, url: '/x' };
}

async function shown(
  parts: MessagePart[][],
  model: string,
  read: ReadFile = async () => await Promise.resolve(Buffer.from('abc')),
) {
  const messages = parts.map((one) => ({ role: 'user' as const, content: userContent(one) }));
  const sees = /^(openai|anthropic)/.test(model);
  const result = await showFiles(messages, { model, accepts: { images: sees, pdf: sees }, read });
  return result.map(({ content }) => content);
}

const words: MessagePart = { type: 'text', text: 'Look' };
const photo = file('a.png', 'image/png');
const report = file('r.pdf', 'application/pdf');

test('a model that takes files gets their bytes, beside the words', async () => {
  expect(await shown([[words, photo, report]], 'openai/gpt')).toEqual([
    [
      { type: 'text', text: 'Look' },
      { type: 'file', filename: 'a.png', mediaType: 'image/png', data: Buffer.from('abc') },
      { type: 'file', filename: 'r.pdf', mediaType: 'application/pdf', data: Buffer.from('abc') },
    ],
  ]);
});

test('one that does not is told that they are there, and nothing is read', async () => {
  const read = vi.fn<ReadFile>();
  const [content] = await shown([[photo]], 'compatible/small', read);
  expect(content).toEqual([
    {
      type: 'text',
      text: '[A file "a.png" (image/png, 3 bytes) is attached, which this model can\'t read.]',
    },
  ]);
  expect(read).not.toHaveBeenCalled();
});

test('the offline model gets the names alone', async () => {
  const read = vi.fn<ReadFile>();
  expect(await shown([[photo]], 'builtin/offline', read)).toMatchObject([
    [{ type: 'file', filename: 'a.png' }],
  ]);
  expect(read).not.toHaveBeenCalled();
});

test('text is in a fence that nothing in it ends, and is cut where it is long', async () => {
  const text = file('n.md', 'text/markdown');
  const fenced = await shown(
    [[text]],
    'compatible/small',
    async () => await Promise.resolve(Buffer.from('a\n````\nb')),
  );
  expect(fenced).toEqual([
    [{ type: 'text', text: '[The attached file "n.md" (text/markdown):]\n`````\na\n````\nb\n`````' }],
  ]);
  const long = await shown(
    [[text]],
    'openai/gpt',
    async () => await Promise.resolve(Buffer.from('я'.repeat(50_000))),
  );
  expect(JSON.stringify(long)).toContain('cut after 40000 of 50000 characters');
});

test('what is too much in all is told of, the oldest first', async () => {
  const large = async () => await Promise.resolve(Buffer.alloc(9_000_000));
  const [first, second, third] = await shown(
    [1, 2, 3].map((n) => [file(`${n}.png`, 'image/png', 9_000_000)]),
    'openai/gpt',
    large,
  );
  expect(JSON.stringify(first)).toContain('not shown here any more');
  expect(second).toMatchObject([{ type: 'file' }]);
  expect(third).toMatchObject([{ type: 'file' }]);
});

test('a photo that Anthropic would refuse, and a file that is gone, are told of', async () => {
  const [content] = await shown([[file('a.jpg', 'image/jpeg', 5_000_000)]], 'anthropic/claude');
  expect(JSON.stringify(content)).toContain('too large');
  const [gone] = await shown([[photo]], 'openai/gpt', async () => await Promise.resolve(undefined));
  expect(JSON.stringify(gone)).toContain('not there any more');
});

test('a message without files is words', async () => {
  expect(await shown([[words]], 'openai/gpt')).toEqual(['Look']);
});
