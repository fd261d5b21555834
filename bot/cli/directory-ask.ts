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
  // Questions about a new directory use the sample, as in the server.
  const options = { seed: !bringsIn(request), reads: changesNothing(request) };
  const code = await withCliContext(options, (world) =>
    runDirectoryRequest(withFullPaths(request), world, output()),
  );
  exitWith(code);
}

/** The request with absolute paths, so that it does not depend on this process's folder. */
function withFullPaths(request: DirectoryRequest): DirectoryRequest {
  if (request.command === 'export') return { ...request, file: namedFile(request.file) };
  if (request.command !== 'import') return request;
  const map = request.map === undefined ? {} : { map: namedFile(request.map) };
  return { ...request, file: namedFile(request.file), ...map };
}
