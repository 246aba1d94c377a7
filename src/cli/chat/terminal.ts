import { createInterface, type Interface } from 'node:readline';
import { note } from '../output.ts';
import type { Conversation } from './conversation.ts';
import type { Prompt } from './screen.ts';

/** Where a person types: a prompt that lets itself be written above. */
export interface Terminal {
  prompt: Prompt;
  /** Reads lines and says them, one after the other, until the end. Whether every reply was all right. */
  run(conversation: Conversation, signal: AbortSignal): Promise<boolean>;
}

const commandsHelp = '/stop stops the reply, /exit ends the chat';

/** On a terminal with a prompt; from a pipe or a file, line by line without one. */
export function createTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  const isTerminal = input.isTTY && output.isTTY;
  let lines: Interface | undefined;
  let asking = false;

  const prompt: Prompt = {
    hide: () => {
      if (!lines || !asking) return;
      output.cursorTo(0);
      output.clearScreenDown();
    },
    show: () => {
      if (asking) lines?.prompt(true);
    },
  };

  async function run(conversation: Conversation, signal: AbortSignal): Promise<boolean> {
    const reader = createInterface({ input, output, terminal: isTerminal, prompt: '> ' });
    lines = reader;
    let allRight = true;
    let waiting = 0;
    let turns: Promise<void> = Promise.resolve();
    const ask = () => {
      asking = isTerminal && waiting === 0 && !signal.aborted;
      prompt.show();
    };
    const say = (text: string) => {
      waiting += 1;
      asking = false;
      turns = turns
        .then(async () => {
          if (!signal.aborted) allRight = (await conversation.say(text)) && allRight;
        })
        .catch((error: unknown) => {
          allRight = false;
          if (!signal.aborted) note((error as Error).message);
        })
        .finally(() => {
          waiting -= 1;
          ask();
        });
    };
    const stop = () => {
      conversation.stop().catch((error: unknown) => note((error as Error).message));
    };
    reader.on('line', (line) => {
      const text = line.trim();
      if (text === '/exit') reader.close();
      else if (text === '/stop') stop();
      else if (/^\/\w+$/.test(text)) note(`there is no ${text}: ${commandsHelp}`);
      else if (text !== '') return say(line);
      ask();
    });
    // Ctrl-C stops what is being said, and at the prompt ends the chat.
    reader.on('SIGINT', () => (waiting > 0 ? stop() : reader.close()));
    signal.addEventListener('abort', () => reader.close());
    const closed = new Promise<void>((resolve) => reader.once('close', resolve));
    if (isTerminal) note(commandsHelp);
    ask();
    await closed;
    asking = false;
    if (isTerminal) output.write('\n');
    await turns;
    return allRight;
  }

  return { prompt, run };
}
