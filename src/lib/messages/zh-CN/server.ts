import { bundle } from './bundle.ts';
import { command } from './command.ts';
import { correction } from './correction.ts';
import { major } from './major.ts';
import { taskpage } from './taskpage.ts';

/** Texts that no script of ours shows: of the command line, of the case bundle's own page, of the page of a task code. They weigh on no browser. */
export const zhServer = { ...bundle, ...command, ...correction, ...major, ...taskpage };
