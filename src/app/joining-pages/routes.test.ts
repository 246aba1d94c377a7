import { expect, test } from 'vitest';

import { joiningPages } from './routes.ts';

async function answer(path: string): Promise<Response> {
  const found = joiningPages.find((one) => one.path === path);
  return await found!.handle(new Request(`http://famulus.test${path}`));
}

test.each(['/setup', '/invite', '/reset'])(
  '%s is a page whose scripts and styles are files that are there',
  async (path) => {
    const { headers, status } = await answer(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    const html = await (await answer(path)).text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/);
    const files = [...html.matchAll(/(?:src|href)="(joining\/[^"]+)"/g)].map(([, file]) => `/${file}`);
    expect(files).toEqual(['/joining/page.css', '/joining/page.js']);
    for (const file of files) expect((await answer(file)).status).toBe(200);
  },
);
