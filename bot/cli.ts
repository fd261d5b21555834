#!/usr/bin/env node
/** The operator's command line. Its modules load after the settings of the engine they need. */
import { lightStart } from './runtime/light-start.js';

lightStart();
await import('./cli/main.js');
