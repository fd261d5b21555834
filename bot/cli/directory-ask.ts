/** Runs a directory command with the options of the command line. */
import {
  bringsIn,
  changesNothing,
  runDirectoryRequest,
  type DirectoryRequest,
} from './directory-requests.js';
import { exitWith, namedFile, output, withCliContext } from './cli-context.js';

/** Runs it and sets the exit code. */
export async function askDirectory(request: DirectoryRequest): Promise<void> {
  // Questions about a fresh directory are answered of the sample, as the server would.
  const options = { seed: !bringsIn(request), reads: changesNothing(request) };
  const code = await withCliContext(options, (world) =>
    runDirectoryRequest(withFullPaths(request), world, output()),
  );
  exitWith(code);
}

/** The request with the paths it names made independent of the folder this process runs in. */
function withFullPaths(request: DirectoryRequest): DirectoryRequest {
  if (request.command === 'export') return { ...request, file: namedFile(request.file) };
  if (request.command !== 'import') return request;
  const map = request.map === undefined ? {} : { map: namedFile(request.map) };
  return { ...request, file: namedFile(request.file), ...map };
}
