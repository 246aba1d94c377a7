import { seeToWebApp } from '#cli/web/build.ts';
import { shareAccountMaker } from './accounts/index.ts';
import { makeDataDirTemplate } from './data-directory-template.ts';
import { runProgram, startProgram } from './program.ts';

/**
 * Once a run: the web app, which every start would build beside its tests where it is missing; a data directory that
 * has been started once, which programs under test begin with a copy of; and the process that makes accounts in them.
 */
export async function setup(): Promise<() => Promise<void>> {
  await shareAccountMaker();
  return await makeDataDirTemplate(async (dataDir) => {
    await seeToWebApp();
    const program = await startProgram({ dataDir });
    // A command too, for the compiled code that is kept there.
    await runProgram(['status', '--data-dir', dataDir]);
    await program.stop();
  });
}
