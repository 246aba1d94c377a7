import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createOutbound } from '#platform/outbound/index.ts';
import { readPage } from './read-page.ts';

/** Reads a page of a site that answers like this. */
async function reader(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] });
  onTestFinished(async () => {
    await outbound.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${port}`;
  const read = async (path = '/', { offset = 0, signal = new AbortController().signal } = {}) =>
    await readPage(outbound.fetch, { url: url + path, offset, locale: 'ru', signal });
  return { url, read };
}

/** A site with one page. */
async function site(type: string, body: string | Buffer, status = 200) {
  return await reader((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
}

test('reads a page, and says where it was in the end', async () => {
  const { url, read } = await reader((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          `<title>Tea</title><p>Read <a href="/more">more</a> in ${request.headers['accept-language']}</p>`,
        );
  });
  expect(await read('/old')).toEqual({
    url: `${url}/new`,
    title: 'Tea',
    text: 'Read more[L1] in ru, *;q=0.5',
    links: [`L1 ${url}/more`],
  });
});

test.each([
  ['text/plain; charset=windows-1251', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'Привет'],
  ['application/json', '{"a": "<b>"}', '{"a": "<b>"}'],
  ['application/ld+json', '{}', '{}'],
  ['application/rss+xml', '<rss/>', '<rss/>'],
  ['text/markdown', '# Tea', '# Tea'],
  ['', 'plain', 'plain'],
  ['', '<!DOCTYPE html><p>page</p>', 'page'],
])('reads %s', async (type, body, text) => {
  const { read } = await site(type, body);
  expect(await read()).toMatchObject({ text });
});

test.each([
  ['image/png', 'this is image/png; only pages and text can be read'],
  ['application/pdf', 'this is application/pdf; only pages and text can be read'],
  ['application/octet-stream', 'this is application/octet-stream; only pages and text can be read'],
  ['', 'this is no text; only pages and text can be read'],
])('refuses %s', async (type, error) => {
  const { read } = await site(type, Buffer.from([0x89, 0x50, 0, 1]));
  expect(await read()).toMatchObject({ error });
});

test('a long page comes in parts, each with its own links', async () => {
  const lines = Array.from({ length: 3_000 }, (_, at) => `<p>line <a href="/${at}">${at}</a></p>`);
  const { url, read } = await site('text/html', lines.join(''));
  const first = (await read()) as { text: string; links: string[]; note: string };
  expect(first.text).toHaveLength(20_000);
  expect(first.links).toHaveLength(100);
  expect(first.links[0]).toBe(`L1 ${url}/0`);
  const [, next] = /^characters 0 to 20000 of \d+; the next: offset (\d+)$/.exec(first.note) ?? [];
  const second = (await read('/', { offset: Number(next) })) as typeof first;
  expect(second.note).toMatch(/^characters 20000 to 40000 of/);
  expect(second.links[0]).not.toBe(first.links[0]);
  expect(await read('/', { offset: 1_000_000 })).toMatchObject({
    text: '',
    note: expect.stringMatching(/^there are only \d+/) as string,
  });
});

test('of an endless page the beginning is read', async () => {
  const { read } = await reader((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    const more = () => {
      while (response.write('0123456789abcdef'.repeat(4_096)));
    };
    response.on('drain', more);
    more();
  });
  expect(await read('/', { offset: 2 * 1024 * 1024 - 10 })).toMatchObject({
    text: '6789abcdef',
    note: 'the page is larger than 2097152 bytes, what comes after them is missing',
  });
});

test('an error is told with the beginning of what the server says', async () => {
  const { url, read } = await site('text/html', '<title>x</title><h1>No such tea</h1>', 404);
  expect(await read('/tea')).toEqual({
    url: `${url}/tea`,
    error: 'the server answered 404 Not Found',
    text: 'No such tea',
  });
});

test('a page without text is told of', async () => {
  const { read } = await site('text/html', '<div id="app"></div><script src="app.js"></script>');
  expect(await read()).toMatchObject({
    text: '',
    note: 'there is no text on this page; it may be made by scripts',
  });
});

test('a page that was made to take long holds up nothing, and is given up', async () => {
  const { read } = await site('text/html', '<div>'.repeat(400_000));
  let turns = 0;
  const watch = setInterval(() => (turns += 1), 10);
  await expect(read()).rejects.toMatchObject({ code: 'web.unreadable' });
  clearInterval(watch);
  expect(turns).toBeGreaterThan(50);
}, 20_000);

test('what is not public is refused', async () => {
  const { read } = await site('text/html', '<p>here</p>');
  await expect(read('@127.0.0.1:1/')).rejects.toMatchObject({ code: 'outbound.refused' });
});
