import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Tool } from './tool.ts';

type ToolType = Tool['tool_type'];

const toolTypeNames: Record<ToolType, MessageDescriptor> = {
  calendar: msg`Calendar`,
  reminder: msg`Reminders`,
  time: msg`Clock`,
  weather: msg`Weather`,
  sub_assistant: msg`Another assistant`,
  memory: msg`Memory`,
  task: msg`Tasks`,
  web: msg`Web`,
  http: msg`Web requests`,
  mcp: msg`Tool server`,
};

/** What a built-in tool does, for people; what the model is told is its description. */
export const toolTypeWords: Partial<Record<ToolType, MessageDescriptor>> = {
  reminder: msg`Sets, lists, cancels, snoozes and finishes your reminders.`,
  time: msg`Tells the time, in a place or time zone.`,
  memory: msg`Remembers, recalls and forgets facts about you.`,
  calendar: msg`Looks into your calendar and writes in it.`,
  weather: msg`Tells the weather.`,
  task: msg`Sets tasks to be done at a time.`,
  web: msg`Searches the web and reads pages.`,
};

/** A built-in tool is called what it is; one's own as one called it. */
export function useToolName() {
  const { i18n } = useLingui();
  return ({ name, tool_type }: { name: string; tool_type: ToolType }): string =>
    name === tool_type ? i18n._(toolTypeNames[tool_type]) : name;
}
