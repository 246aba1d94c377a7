import { styleText } from 'node:util';

/** The line a person types on, while one is asked for. */
export interface Prompt {
  hide(): void;
  show(): void;
}

/** Where a chat is shown: text as it comes, and whole lines in between. */
export interface Screen {
  /** More of the reply. */
  text(text: string): void;
  /** Ends the line, if one was begun. */
  endLine(): void;
  line(text: string): void;
  reminder(text: string, time: string): void;
}

/** Colours only where the stream is a terminal that has them. */
export function createScreen(stream: NodeJS.WriteStream, prompt: Prompt): Screen {
  let inLine = false;
  function endLine(): void {
    if (inLine) stream.write('\n');
    inLine = false;
  }
  function line(text: string): void {
    if (inLine) endLine();
    else prompt.hide();
    stream.write(`${text}\n`);
    prompt.show();
  }
  return {
    text: (text) => {
      if (text === '') return;
      if (!inLine) prompt.hide();
      stream.write(text);
      inLine = !text.endsWith('\n');
    },
    endLine,
    line,
    reminder: (text, time) => line(`${styleText(['bold', 'yellow'], `⏰ ${time}`, { stream })}  ${text}`),
  };
}
