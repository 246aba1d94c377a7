import { NativeSelect, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { BodyFields } from './body-fields.tsx';
import { methods, takesBody, type HttpDraft } from './http-draft.ts';
import { PairRows } from './pair-rows.tsx';
import { emptyPair } from './pairs.ts';

interface HttpFieldsProps {
  draft: HttpDraft;
  errors: Record<string, string>;
  onChange: (change: Partial<HttpDraft>) => void;
}

const example = 'https://home.example.com/rooms/{room}';
const rows = { query: 'config.query', headers: 'config.headers', secrets: 'config.secret_headers' };

/** The request that a tool of type `http` makes. */
export function HttpFields({ draft, errors, onChange }: HttpFieldsProps) {
  const { t } = useLingui();
  const plain = { spellCheck: false, autoCapitalize: 'none', autoComplete: 'off' };
  return (
    <>
      <NativeSelect
        label={t`Method`}
        error={errors['config.method']}
        value={draft.method}
        data={[...methods]}
        onChange={({ currentTarget }) => onChange({ method: currentTarget.value })}
      />
      <TextInput
        {...plain}
        label={t`Address`}
        description={t`What stands in braces the model fills in, as the input schema has it. For example: ${example}`}
        maxLength={2_000}
        error={errors['config.url']}
        value={draft.url}
        onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
      />
      <PairRows
        label={t`Query`}
        description={t`What follows the question mark of the address; braces are filled in here, too.`}
        path={rows.query}
        errors={errors}
        pairs={draft.query}
        empty={emptyPair}
        onChange={(query) => onChange({ query })}
      />
      <PairRows
        label={t`Headers`}
        description={t`Sent with each call; braces are filled in here, too.`}
        path={rows.headers}
        errors={errors}
        pairs={draft.headers}
        empty={emptyPair}
        onChange={(headers) => onChange({ headers })}
      />
      <PairRows
        label={t`Secret headers`}
        description={t`Keys and passwords: kept encrypted and never shown again, to the model neither.`}
        path={rows.secrets}
        errors={errors}
        pairs={draft.secret_headers}
        empty={() => ({ ...emptyPair(), isSet: false })}
        onChange={(secret_headers) => onChange({ secret_headers })}
      />
      {takesBody(draft.method) && <BodyFields draft={draft} errors={errors} onChange={onChange} />}
      <TextInput
        label={t`Timeout, seconds`}
        description={t`From 1 to 60; empty is fine.`}
        inputMode="numeric"
        autoComplete="off"
        error={errors['config.timeout_s']}
        value={draft.timeout_s}
        onChange={({ currentTarget }) => onChange({ timeout_s: currentTarget.value })}
      />
      <TextInput
        {...plain}
        label={t`Idempotency header`}
        description={t`If the service knows one, a call that a crash cut off is safely repeated. For example: Idempotency-Key`}
        maxLength={100}
        error={errors['config.idempotency_header']}
        value={draft.idempotency_header}
        onChange={({ currentTarget }) => onChange({ idempotency_header: currentTarget.value })}
      />
    </>
  );
}
