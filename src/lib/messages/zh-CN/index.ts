import { common } from './common.ts';
import { document } from './document.ts';
import { identity } from './identity.ts';
import { problem } from './problem.ts';
import { ui } from './ui.ts';

/** One file per domain folder; a key starts with its file's name. */
export const zhCN = { ...common, ...document, ...identity, ...problem, ...ui };
