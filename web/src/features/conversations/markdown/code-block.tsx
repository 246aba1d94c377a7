import { useLingui } from '@lingui/react/macro';
import { CopyButton } from '../copy/copy-button.tsx';
import { useHighlighted } from './use-highlighted.ts';
import classes from './code.module.css';

/** Code with its language and a way to copy it. */
export function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
  const { t } = useLingui();
  const html = useHighlighted(text, language);
  return (
    <div className={classes['block']}>
      <div className={classes['bar']}>
        <span>{language ?? t`Code`}</span>
        <CopyButton text={text} label={t`Copy the code`} />
      </div>
      {/* Long lines scroll, by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes['code']} tabIndex={0}>
        {html === undefined ? (
          <code>{text}</code>
        ) : (
          // highlight.js writes it, and escapes the text.
          <code dangerouslySetInnerHTML={{ __html: html }} />
        )}
      </pre>
    </div>
  );
}
