import { once } from 'node:events';
import { dataDirectoryOf } from '#app/config.ts';
import { openAccount } from './chat/account.ts';
import { createApi } from './chat/api.ts';
import { openConversation } from './chat/conversation.ts';
import { followEventStream } from './chat/event-stream.ts';
import { findServer } from './chat/find-server.ts';
import { linger } from './chat/linger.ts';
import { createScreen } from './chat/screen.ts';
import { createTerminal } from './chat/terminal.ts';
import { commonOptions, textOption, UsageError, type Command } from './command.ts';
import { note } from './output.ts';

/** As a shell reports a command that Ctrl-C ended. */
const INTERRUPTED = 130;

interface ChatOptions {
  dataDir: string | undefined;
  user: string | undefined;
  /** Undefined: what is typed. */
  text: string | undefined;
  follow: boolean;
}

async function talk({ dataDir, user, text, follow }: ChatOptions): Promise<number> {
  const dataDirectory = dataDirectoryOf({ dataDir });
  // Before a database is started for nothing.
  await findServer(dataDirectory);
  let account = await openAccount({ dataDir }, user);
  const leaving = new AbortController();
  const { signal } = leaving;
  const leave = () => leaving.abort();
  process.on('SIGINT', leave).on('SIGTERM', leave);
  try {
    const api = createApi({
      findServer: async () => await findServer(dataDirectory),
      token: account.token,
      newToken: async () => {
        account = await openAccount({ dataDir }, account.email);
        return account.token;
      },
      signal,
      onAway: () => note('the server is away; trying again'),
    });
    const terminal = createTerminal(process.stdin, process.stdout);
    const screen = createScreen(process.stdout, terminal.prompt);
    const conversation = await openConversation({
      api,
      screen,
      userId: account.user_id,
      timezone: account.timezone,
      signal,
    });
    const connected = Promise.withResolvers<void>();
    const stream = followEventStream({
      api,
      signal,
      onEvent: conversation.onEvent,
      onOpen: () => {
        connected.resolve();
        conversation.catchUp();
      },
    });
    await Promise.race([connected.promise, once(signal, 'abort')]);
    const good = text === undefined ? await terminal.run(conversation, signal) : await conversation.say(text);
    if (follow && !signal.aborted) await once(signal, 'abort');
    else if (text !== undefined || !process.stdin.isTTY) await linger(api, conversation, signal);
    leave();
    await stream;
    return good ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    return INTERRUPTED;
  } finally {
    leave();
    process.off('SIGINT', leave).off('SIGTERM', leave);
    // One that is left behind expires within the hour.
    await account.close().catch(() => {});
  }
}

export const chat: Command = {
  usage: 'chat ["text"] [--user E] [--follow]',
  summary: 'Talks to the secretary, and shows reminders as they come',
  help: `text       a message; without it, a chat: /stop stops a reply, /exit or Ctrl-D ends it
--user E   the e-mail address of who talks; needed when there are several users
--follow   goes on showing what arrives, until Ctrl-C
Exit code 1 when a reply failed.`,
  options: { ...commonOptions, user: { type: 'string' }, follow: { type: 'boolean' } },
  run: async ({ options, words }) => {
    const text = words.length === 0 ? undefined : words.join(' ');
    if (text?.trim() === '') throw new UsageError('the message is empty');
    return await talk({
      dataDir: textOption(options, 'data-dir'),
      user: textOption(options, 'user'),
      text,
      follow: options['follow'] === true,
    });
  },
};
