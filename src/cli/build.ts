import { AppError } from '#platform/errors/index.ts';
import { noWords, type Command } from './command.ts';
import { print } from './output.ts';
import { buildWebApp, canBuild } from './web/build.ts';

export const build: Command = {
  usage: 'build',
  summary: 'Builds the web app',
  help: `./manage start does it by itself when the sources have changed.`,
  options: {},
  run: async ({ words }) => {
    noWords('build', words);
    if (!canBuild()) {
      throw new AppError({
        code: 'cli.not_installed',
        kind: 'unavailable',
        message:
          'Vite is not installed: this is an installation for production; npm ci adds what building needs',
      });
    }
    print(await buildWebApp({ strict: true }));
    return 0;
  },
};
