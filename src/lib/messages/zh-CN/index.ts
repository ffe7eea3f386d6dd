import { common } from './common.ts';

/** One file per domain folder; a key starts with its file's name. */
export const zhCN = { ...common };
