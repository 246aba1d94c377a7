import { useMutation, type QueryClient, type UseMutationOptions } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * A mutation of which one is under way at a time. Its `isPending` comes too late for the second click of a double-click.
 */
export function useSingleMutation<T, V = void>(
  options: UseMutationOptions<T, Error, V>,
  client?: QueryClient,
) {
  const { mutate: start, ...mutation } = useMutation(options, client);
  const isUnderWay = useRef(false);
  const mutate = (variables: V) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    start(variables, {
      onSettled: () => {
        isUnderWay.current = false;
      },
    });
  };
  return { ...mutation, mutate };
}
