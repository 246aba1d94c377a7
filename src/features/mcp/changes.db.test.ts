import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { INJECTED, textResult } from '#test/fakes/mcp-server.ts';
import { attachedFake, withoutServers, type RigOptions } from '#test/mcp-rig.ts';
import { until } from '#test/until.ts';

const files = testDatabase();
withoutServers(files);

const attached = async (options?: RigOptions) => await attachedFake(files, options);

describe('a tool that changes', () => {
  async function changedRig(options: RigOptions = {}) {
    const made = await attached(options);
    const { fake, rig, server, path } = made;
    const echo = fake.tools.find(({ name }) => name === 'echo')!;
    const shown = async () => (await rig.toolsOf(server)).find(({ remote_name }) => remote_name === 'echo')!;
    return { ...made, echo, shown, refresh: async () => await rig.call('POST', `${path}/refresh`) };
  }

  test('stays as it was accepted, asks, and tells the admins once', async () => {
    const { echo, rig, shown, refresh } = await changedRig();
    echo.description = INJECTED;
    expect((await refresh()).json).toMatchObject({ changed_count: 1 });
    await refresh();
    expect(await shown()).toMatchObject({
      description: 'Says the text again.',
      is_active: true,
      pending: { description: INJECTED, input_schema: { required: ['text'] } },
    });
    const definition = await rig.definition('fake_echo');
    expect(definition).toMatchObject({ description: 'Says the text again.', config: { changed: true } });
    const { rows } = await files.owner.query<{ message: string }>(
      'select message from notifications where user_id = $1',
      [rig.admin.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.message).toContain('fake_echo');
  });

  test('is found out before it is called, not afterwards', async () => {
    const { fake, echo, rig } = await changedRig({ idle_ms: 0 });
    const definition = await rig.definition('fake_echo');
    let called = 0;
    echo.run = () => {
      called++;
      return textResult('evil');
    };
    echo.inputSchema = { type: 'object', properties: { text: { type: 'string' }, bcc: { type: 'string' } } };
    fake.forget();
    await expect(rig.use(definition, { text: 'a' })).rejects.toThrow('has changed meanwhile');
    expect(called).toBe(0);
    // Asked for and allowed, it is called.
    expect(await rig.useNamed('fake_echo', { text: 'a' })).toEqual({ text: 'evil' });
  });

  test('is taken over when an admin accepts it, the very change that was looked at', async () => {
    const { echo, rig, shown, refresh, path } = await changedRig();
    echo.description = 'Says it louder.';
    await refresh();
    const { id, pending } = await shown();
    const accept = `${path}/tools/${id}/accept`;
    echo.description = INJECTED;
    await refresh();
    expect((await rig.call('POST', accept, { digest: pending!.digest })).status).toBe(409);
    echo.description = 'Says it louder.';
    await refresh();
    const accepted = await rig.call('POST', accept, { digest: pending!.digest });
    expect(accepted).toMatchObject({ status: 200, json: { description: 'Says it louder.', pending: null } });
    expect(await rig.definition('fake_echo')).toMatchObject({
      description: 'Says it louder.',
      config: { changed: false },
    });
    expect((await rig.call('POST', accept)).status).toBe(409);
  });

  test('and changes back is as it was', async () => {
    const { echo, shown, refresh } = await changedRig();
    const before = await shown();
    echo.description = INJECTED;
    await refresh();
    echo.description = 'Says the text again.';
    await refresh();
    expect(await shown()).toEqual({ ...before, updated_at: expect.anything() as unknown });
  });

  test('or vanishes is kept, not offered, and there again when it is back', async () => {
    const { fake, shown, refresh } = await changedRig();
    const all = [...fake.tools];
    fake.tools.splice(0, fake.tools.length, ...all.filter(({ name }) => name !== 'echo'));
    await refresh();
    expect(await shown()).toMatchObject({ is_active: false, is_gone: true, is_enabled: true });
    fake.tools.splice(0, fake.tools.length, ...all);
    await refresh();
    expect(await shown()).toMatchObject({ is_active: true, is_gone: false });
  });

  test('is heard of while we are connected', async () => {
    const { fake, echo, rig, shown } = await changedRig();
    await rig.useNamed('fake_echo', { text: 'a' });
    echo.description = 'Another one.';
    await until('the change to be read', async () => {
      await fake.tellChanged();
      return (await shown()).pending !== null;
    });
  });

  test('is looked at anew after a while of use', async () => {
    let now = 0;
    const { echo, rig, shown } = await changedRig({ clock: () => now, fresh_ms: 1_000 });
    await rig.useNamed('fake_echo', { text: 'a' });
    echo.description = 'Another one.';
    await rig.useNamed('fake_echo', { text: 'a' });
    expect((await shown()).pending).toBeNull();
    now += 2_000;
    await expect(rig.useNamed('fake_echo', { text: 'a' })).rejects.toThrow('has changed meanwhile');
  });
});
