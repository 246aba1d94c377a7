import type { Fragments, Setting } from './fragment.ts';

/** The text of `.env.example`: every setting, commented out, with what it does and its default or an example. */
export function renderEnvExample(fragments: Fragments): string {
  const parts = Object.entries(fragments).map(([part, fragment]) => {
    const settings = Object.values(fragment).map((setting) => {
      const lines = [`# ${setting.doc}`];
      if (setting.secret)
        lines.push(`# A secret: ${setting.env}_FILE may name a file that holds it instead.`);
      return [...lines, `# ${setting.env}=${setting.default ?? setting.example ?? ''}`].join('\n');
    });
    return [`### ${part}`, ...settings].join('\n\n');
  });
  return (
    ['# Generated from the settings in the code. Copy to .env and change what you need.', ...parts, '']
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** A Markdown table of every setting, for the docs. */
export function renderConfigTable(fragments: Fragments): string {
  const rows = Object.values(fragments).flatMap((fragment) => Object.values(fragment).map(tableRow));
  return ['| Variable | Default | What it does |', '|---|---|---|', ...rows, ''].join('\n');
}

function tableRow(setting: Setting): string {
  const name = setting.secret ? `\`${setting.env}\`, \`${setting.env}_FILE\`` : `\`${setting.env}\``;
  const preset = setting.default === undefined ? '' : `\`${setting.default}\``;
  return `| ${[name, preset, setting.doc].map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
