import { bundle } from './bundle.ts';
import { command } from './command.ts';

/** Texts that no page of ours shows: of the command line, and of the case bundle's own page. They weigh on no browser. */
export const zhServer = { ...bundle, ...command };
