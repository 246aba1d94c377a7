import { cookieName } from '#features/auth/index.ts';
import type { ApiInfo } from '#platform/http/openapi.ts';
import type { Config } from './config.ts';
import { version } from './version.ts';

/** What stands under the headings of the reference. */
const tags: Record<string, string> = {
  Activity: 'What happened in an account: sign-ins, changes, what the assistant did. Only ever added to.',
  Approvals: 'What assistants ask before they use a tool, and what was decided.',
  Alerts: 'What is wrong now, or was until it was right again.',
  'API tokens': 'Tokens for scripts and other programs, each with its scopes and its end.',
  Attachments: 'Files that are sent with messages.',
  Assistants: 'Who answers: instructions, model, and the tools each may use.',
  Checklist: 'The first steps with Famulus, done and open.',
  Conversations: 'Threads, their messages, and the replies that are being made.',
  Events: 'What changes, as it changes, in one ordered stream.',
  Invitations: 'How others get an account here.',
  Jobs: 'Work that waits, runs or was given up, and what admins do about it.',
  MCP: 'For other programs that speak the Model Context Protocol.',
  'MCP servers': 'Attached ones, whose tools assistants may use.',
  Memory: 'Facts the assistant keeps.',
  Models: 'Who can answer.',
  Notifications: 'What people are told, and how it reached them.',
  Reminders: 'What is said at its time.',
  Schedules: 'Everything that will fire, and what a rule means.',
  Sessions: 'Where somebody is signed in, and how to end that.',
  Settings: 'Of the whole installation, changed while it runs.',
  Setup: 'The first account.',
  'Sign-in': 'Tokens for programs: access for minutes, renewed by a token that is used once.',
  'Signing in': 'A browser’s session: e-mail and password, sign out, change of password.',
  'Two-factor sign-in': 'A code from an app beside the password, and recovery codes.',
  'OpenAI-compatible': 'For what can talk to OpenAI’s chat API: each assistant is a model.',
  Passkeys: 'Signing in with a device instead of a password.',
  Tools: 'What assistants can do.',
  Webhooks: 'Other programs are told what happens, signed and in order.',
  Usage: 'What models were used for, and what it cost.',
  Users: 'One’s own account, and for admins those of the others.',
};

/** What the OpenAPI document says of the API as a whole. */
export function apiInfo({ http }: Pick<Config, 'http'>): ApiInfo {
  return {
    title: 'Famulus',
    version,
    description: 'A personal assistant that keeps its promises.',
    license: 'MIT',
    tags,
    session_cookie: cookieName('session_token', http.public_url?.startsWith('https:') === true),
    ...(http.public_url !== undefined && { servers: [http.public_url] }),
  };
}
