import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ModelOption } from './model-option.tsx';
import { modelsQuery, offered } from './models-query.ts';

/** A model of those there are, or any other typed as provider/model. */
export function ModelInput(props: Omit<AutocompleteProps, 'data' | 'renderOption'>) {
  const { data } = useQuery(modelsQuery);
  const items = data?.items ?? [];
  return (
    <Autocomplete
      data={offered(items)}
      limit={100}
      maxLength={200}
      spellCheck={false}
      autoCapitalize="none"
      renderOption={({ option: { value } }) => (
        <ModelOption id={value} model={items.find(({ id }) => id === value)} />
      )}
      {...props}
    />
  );
}
