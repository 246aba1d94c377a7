const REDACTED = '[redacted]';

/** What the name of a secret has in it. Few lines have any, and only those are searched for names. */
const hasWord =
  /authorization|cookie|passw|passphrase|secret|api[-_]?key|private[-_]?key|credential|token|ticket|otp|codes?/i;

/**
 * Names of fields whose whole value is a secret, as the source of an expression. `prompt_tokens` and `token_id`
 * are none. Repetitions have a limit here and below: a hostile text must not make a line expensive.
 */
const NAME =
  String.raw`[\w-]{0,40}(?:authorization|cookie|passw|passphrase|secret|api[-_]?key|private[-_]?key|credential)[\w-]{0,40}` +
  String.raw`|[\w-]{0,40}(?:token(?:[-_]?hash)?|ticket|otp|(?:backup|recovery|invite|invitation)[-_]?codes?)`;

const secretName = new RegExp(`^(?:${NAME})$`, 'i');

/** Secrets that are known by their form, wherever they stand in a text. */
const secretForms: [RegExp, string][] = [
  [/\b(Bearer\s+)[\w.~+/=-]{6,}/gi, `$1${REDACTED}`],
  [/\b(authorization:\s*\w+\s+)[\w.~+/=-]{6,}/gi, `$1${REDACTED}`],
  [/\bfam_[\w-]+/g, REDACTED],
  // JSON web tokens, whole or cut.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, REDACTED],
  [/\b((?:set-)?cookie:\s?)[^\r\n"\\]+/gi, `$1${REDACTED}`],
  // Keys of model providers.
  [/\b(?:sk-[\w-]{16,}|AIza[\w-]{30,})/g, REDACTED],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\w+/=\s\\]*(?:-----END)?/g, REDACTED],
  // The codes of one-time links and of OAuth.
  [/([?&#]code=)[^\s"'\\&;,]+/g, `$1${REDACTED}`],
  // What PostgreSQL quotes of rows and statements.
  [/(Failing row contains \()(?:[^"\\]|\\[^n])*/g, `$1${REDACTED}`],
  [/\b(password\s+)'[^']*'/gi, `$1'${REDACTED}'`],
  // A Telegram bot token, in URLs behind the word bot.
  [/\bbot\d+(?::|%3A)[\w-]+/gi, `bot${REDACTED}`],
  [/\b\d{6,12}:[\w-]{30,}/g, REDACTED],
  // The user and password of a URL; an @ inside the password belongs to it.
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"]+@/gi, `$1${REDACTED}@`],
];

/** Secrets that are known by the name before them. */
const namedForms: [RegExp, string][] = [
  // What PostgreSQL quotes of a row.
  [
    new RegExp(String.raw`(\((?:[\w, ]{0,80}, )?(?:${NAME})[\w, ]{0,80}\)=\()[^"\\)]*`, 'gi'),
    `$1${REDACTED}`,
  ],
  // As Node prints objects.
  [new RegExp(String.raw`(?<![\w-])((?:${NAME})'?:\s?)'[^']*'`, 'gi'), `$1'${REDACTED}'`],
  // `password=…` in query strings and connection strings.
  [new RegExp(String.raw`(?<![\w-])((?:${NAME})=)[^\s"'\\&;,]+`, 'gi'), `$1${REDACTED}`],
  // `"password": "…"` in JSON that is itself quoted in a string.
  [
    new RegExp(String.raw`(\\"(?:${NAME})\\":\s?)\\"(?:[^"\\]|\\\\.)*\\"`, 'gi'),
    String.raw`$1\"${REDACTED}\"`,
  ],
];

/**
 * A finished JSON log line without the secrets in it: fields by their name at any depth, and inside any text
 * (messages, stacks, URLs) what has the form of a secret. It works on the finished line, so that nothing gets past it.
 */
export function redactLine(line: string): string {
  let text = line;
  if (hasWord.test(line)) {
    text = `${JSON.stringify(JSON.parse(line), withoutNamedSecrets)}\n`;
    for (const [form, replacement] of namedForms) text = text.replace(form, replacement);
  }
  for (const [form, replacement] of secretForms) text = text.replace(form, replacement);
  return text;
}

function withoutNamedSecrets(name: string, value: unknown): unknown {
  const hasSomething = value !== null && typeof value !== 'boolean' && value !== '';
  return hasSomething && secretName.test(name) ? REDACTED : value;
}
