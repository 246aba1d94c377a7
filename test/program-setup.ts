import { seeToWebApp } from '#cli/web/build.ts';
import { makeDataDirTemplate } from './data-directory-template.ts';
import { runProgram, startProgram } from './program.ts';

/**
 * Once a run: the web app, which every start would build beside its tests where it is missing; and a data directory that
 * has been started once, which programs under test begin with a copy of.
 */
export async function setup(): Promise<() => Promise<void>> {
  return await makeDataDirTemplate(async (dataDir) => {
    await seeToWebApp();
    const program = await startProgram({ dataDir });
    // A command too, for the compiled code that is kept there.
    await runProgram(['status', '--data-dir', dataDir]);
    await program.stop();
  });
}
