import type { JSONValue } from '@ai-sdk/provider';
import type { TurnContext } from './context.ts';
import type { Says } from './says.ts';
import type { Language } from './words.ts';

export type ToolName = 'reminder' | 'time' | 'memory' | 'weather';

/** What to do about a message: call a tool, or answer at once. */
export type Plan =
  | { type: 'call'; tool: ToolName; input: Record<string, JSONValue> }
  | { type: 'say'; text: string };

export interface Message {
  /** The user's words without polite openings and closing signs. */
  text: string;
  context: TurnContext;
  language: Language;
  says: Says;
}

export const call = (tool: ToolName, input: Record<string, JSONValue>): Plan => ({
  type: 'call',
  tool,
  input,
});
export const say = (text: string): Plan => ({ type: 'say', text });

/** Makes a plan of what a pattern found in the message; undefined when it is no case of it after all. */
export type Planner = (message: Message, found: Record<string, string | undefined>) => Plan | undefined;

/** One way of saying something. The first rule that gives a plan wins. */
export interface Rule {
  pattern: RegExp;
  plan: Planner;
}
