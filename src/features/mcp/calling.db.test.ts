import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { INJECTED } from '#test/fakes/mcp-server.ts';
import { attachedFake, withoutServers, type RigOptions } from '#test/mcp-rig.ts';
import { until } from '#test/until.ts';

const files = testDatabase();
withoutServers(files);

const attached = async (options?: RigOptions) => await attachedFake(files, options);

describe('calling', () => {
  test('answers text and data, names pictures, cuts what is long, says what failed', async () => {
    const { fake, rig } = await attached();
    expect(await rig.useNamed('fake_echo', { text: 'hello' })).toEqual({ text: 'hello' });
    expect(await rig.useNamed('fake_add_note', { text: 'milk' })).toEqual({ data: { count: 1 } });
    expect(fake.notes).toEqual(['milk']);
    expect(await rig.useNamed('fake_picture')).toEqual({
      text: 'a cat\n[image, image/png, 3 kB, not shown]\n[more: https://example.test/cat]',
    });
    expect(await rig.useNamed('fake_fail')).toEqual({ error: 'no such file' });
    const { text } = (await rig.useNamed('fake_huge')) as { text: string };
    expect(text.length).toBeLessThan(30_100);
    expect(text).toContain('200000 characters in all');
    expect(await rig.useNamed('fake_echo', { text: 7 })).toEqual({
      error: expect.stringContaining('text must be string') as string,
    });
  });

  test('is an effect outside, whose answer strangers wrote; repeated only where that is trusted', async () => {
    const { rig, server, path } = await attached();
    expect(await rig.useNamed('fake_inject')).toEqual({ text: INJECTED });
    const traits = async () => rig.feature.executor.traits(await rig.definition('fake_echo'), {});
    expect(await traits()).toEqual({ effect: 'outside', taints: true, after_crash: 'ask' });
    const echo = (await rig.toolsOf(server)).find(({ remote_name }) => remote_name === 'echo')!;
    await rig.call('PATCH', `${path}/tools/${echo.id}`, { is_trusted: true });
    expect(await traits()).toMatchObject({ after_crash: 'repeat' });
    const note = (await rig.toolsOf(server)).find(({ remote_name }) => remote_name === 'add note')!;
    await rig.call('PATCH', `${path}/tools/${note.id}`, { is_trusted: true });
    const definition = await rig.definition('fake_add_note');
    expect(rig.feature.executor.traits(definition, {})).toMatchObject({ after_crash: 'ask' });
  });

  test('ends with its signal, which the server hears of', async () => {
    const { fake, rig } = await attached();
    const stop = new AbortController();
    const calling = rig.useNamed('fake_slow', {}, stop.signal);
    await until('the call to be there', () => fake.began.includes('slow'));
    stop.abort(new Error('stopped by the user'));
    await expect(calling).rejects.toThrow('stopped by the user');
    await until('the server to hear of it', () => fake.notes.includes('cancelled'));
  });

  test('that takes too long is said to', async () => {
    const { fake, rig, path } = await attached();
    await rig.call('PATCH', path, { timeout_s: 1 });
    expect(await rig.useNamed('fake_slow')).toEqual({
      error: expect.stringContaining('gave no answer within 1 s. It may have been done') as string,
    });
    await until('the server to hear of it', () => fake.notes.includes('cancelled'));
    expect((await rig.call('GET', path)).json).toMatchObject({ status: 'connected' });
  });

  test('goes on when the server has forgotten us, once and not twice', async () => {
    const { fake, rig } = await attached();
    await rig.useNamed('fake_add_note', { text: 'one' });
    const before = fake.sessions();
    fake.forget();
    await rig.useNamed('fake_add_note', { text: 'two' });
    expect(fake.notes).toEqual(['one', 'two']);
    expect(fake.sessions()).toBe(before + 1);
  });

  test('uses one connection, which ends when nobody does', async () => {
    const { fake, rig } = await attached({ idle_ms: 1 });
    await until('another connection', async () => {
      const before = fake.sessions();
      await rig.useNamed('fake_echo', { text: 'a' });
      return fake.sessions() > before;
    });
  });

  test('a server that fails is left alone for a while, and says so', async () => {
    let now = 0;
    const { fake, rig, path } = await attached({ clock: () => now });
    fake.answerWith(500);
    await expect(rig.useNamed('fake_echo', { text: 'a' })).rejects.toThrow('cannot be used');
    const failing = await rig.call('GET', path);
    expect(failing.json).toMatchObject({
      status: 'failing',
      error: expect.stringContaining('500') as string,
    });
    // The next attempt connects anew and fails, and the one behind it is refused at once.
    await expect(rig.useNamed('fake_echo', { text: 'a' })).rejects.toThrow('cannot be used');
    const asked = fake.headers.length;
    await expect(rig.useNamed('fake_echo', { text: 'a' })).rejects.toThrow('tried again in');
    expect(fake.headers.length).toBe(asked);
    fake.answerWith(null);
    now += 60_000;
    expect(await rig.useNamed('fake_echo', { text: 'a' })).toEqual({ text: 'a' });
    expect((await rig.call('GET', path)).json).toMatchObject({ status: 'connected', error: null });
  });

  test('a row that a user makes reaches no server', async () => {
    const { fake, rig } = await attached();
    const real = await rig.definition('fake_add_note');
    const forged = { ...real, id: '01a1fc86-0000-7000-8000-000000000000' };
    await expect(rig.use(forged, { text: 'milk' })).rejects.toThrow('is not there any more');
    expect(fake.notes).toEqual([]);
  });

  test('a tool that is switched off, or whose server is, is not called', async () => {
    const { fake, rig, server, path } = await attached();
    const definition = await rig.definition('fake_add_note');
    const { id } = (await rig.toolsOf(server)).find(({ remote_name }) => remote_name === 'add note')!;
    const off = await rig.call('PATCH', `${path}/tools/${id}`, { is_enabled: false });
    expect(off.json).toMatchObject({ is_active: false, is_enabled: false });
    await expect(rig.use(definition, { text: 'a' })).rejects.toThrow('is not there any more');
    await rig.call('PATCH', `${path}/tools/${id}`, { is_enabled: true, approval: 'auto' });
    expect(await rig.use(definition, { text: 'a' })).toEqual({ data: { count: 1 } });

    expect((await rig.call('PATCH', path, { is_active: false })).json).toMatchObject({
      status: 'disabled',
      tool_count: 0,
    });
    await expect(rig.use(definition, { text: 'a' })).rejects.toThrow('is not there any more');
    expect((await rig.call('PATCH', path, { is_active: true })).json).toMatchObject({ status: 'connected' });
    expect(await rig.use(definition, { text: 'b' })).toEqual({ data: { count: 2 } });
    expect(fake.notes).toEqual(['a', 'b']);
  });

  test('detached, nothing is left of it', async () => {
    const { rig, path } = await attached();
    expect((await rig.call('DELETE', path)).status).toBe(204);
    expect((await rig.call('GET', path)).status).toBe(404);
    const { rows } = await files.owner.query(`select from tools where tool_type = 'mcp'`);
    expect(rows).toEqual([]);
  });
});
