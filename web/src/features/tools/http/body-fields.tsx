import { NativeSelect, Textarea } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { errorUnder } from '../error-under.ts';
import type { BodyKind, HttpDraft } from './http-draft.ts';

interface BodyFieldsProps {
  draft: HttpDraft;
  errors: Record<string, string>;
  onChange: (change: Partial<HttpDraft>) => void;
}

const example = '{ "level": "{level}" }';

export function BodyFields({ draft: { body, template }, errors, onChange }: BodyFieldsProps) {
  const { t } = useLingui();
  const error = errorUnder(errors, 'config.body');
  const isTemplate = body === 'json' || body === 'text';
  const names: Record<BodyKind, string> = {
    none: t`No body`,
    rest: t`What of the input is used nowhere else, as JSON`,
    json: t`A template of JSON`,
    text: t`A template of text`,
  };
  return (
    <>
      <NativeSelect
        label={t`Body`}
        error={!isTemplate && error}
        value={body}
        data={Object.entries(names).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => onChange({ body: currentTarget.value as BodyKind })}
      />
      {isTemplate && (
        <Textarea
          label={t`Template of the body`}
          description={
            body === 'json' &&
            t`A text that is nothing but a name in braces becomes the value itself: ${example}`
          }
          autosize
          minRows={3}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          error={error}
          value={template}
          onChange={({ currentTarget }) => onChange({ template: currentTarget.value })}
        />
      )}
    </>
  );
}
