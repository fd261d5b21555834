/** Starts the registered product for the benchmark, with the engine's settings of the real server. */
import { lightStart } from '../../../bot/runtime/light-start.js';

lightStart();
await (await import('./desk-server.js')).main();
