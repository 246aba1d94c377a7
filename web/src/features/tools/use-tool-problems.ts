import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { httpFaults, type HttpFault } from './http/http-faults.ts';
import { readSchema, type SchemaFault, type ToolDraft } from './tool-draft.ts';

const faultWords: Record<HttpFault | SchemaFault, MessageDescriptor> = {
  not_json: msg`This is no JSON.`,
  not_an_object: msg`It must be an object: { … }`,
  bad_timeout: msg`Give whole seconds, from 1 to 60.`,
  no_name: msg`Give it a name.`,
  no_value: msg`Give it a value.`,
  twice: msg`This name is there twice.`,
};

/** What the server says of a request, by its own words; other words are shown as they are. */
const refusalWords: Record<string, MessageDescriptor> = {
  'must start with http:// or https://': msg`An address starts with http:// or https://`,
  'may have {placeholders} in its path and query only': msg`Braces may stand after the host only: whom it goes to is not for the model to choose.`,
  'must not hold a user name or password; use secret_headers': msg`User names and passwords belong into secret headers.`,
  'must be the name of a header': msg`This can’t be the name of a header.`,
  'is set by the connection itself': msg`This header is set by the connection itself.`,
  'must be one line of Latin letters and signs': msg`A header is one line of Latin letters and signs.`,
  'is among the headers, too': msg`It is among the headers, too.`,
};

/** Gives what is wrong with a draft, before it is sent and by the server's answer, by path. */
export function useToolProblems() {
  const { i18n } = useLingui();
  const fieldErrors = useFieldErrors();
  const said = (messages: Record<string, MessageDescriptor | string>) =>
    Object.fromEntries(
      Object.entries(messages).map(([path, words]) => [
        path,
        typeof words === 'string' ? words : i18n._(words),
      ]),
    );
  return {
    faultsIn({ tool_type, http, schema }: ToolDraft): Record<string, string> {
      const read = readSchema(schema);
      const faults = {
        ...(tool_type === 'http' && httpFaults(http)),
        ...('fault' in read && { input_schema: read.fault }),
      };
      return said(
        Object.fromEntries(Object.entries(faults).map(([path, fault]) => [path, faultWords[fault]])),
      );
    },
    refusals(error: unknown): Record<string, string> {
      const found = Object.entries(fieldErrors(error));
      return said(Object.fromEntries(found.map(([path, words]) => [path, refusalWords[words] ?? words])));
    },
  };
}
