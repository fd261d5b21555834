/** Starts the server. Its modules load after the settings of the engine they need. */
import { lightStart } from './runtime/light-start.js';

lightStart();
await (await import('./server.js')).main();
