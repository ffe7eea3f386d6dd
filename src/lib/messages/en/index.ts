import type { Catalogue } from '../index.ts';
import { common } from './common.ts';
import { document } from './document.ts';
import { identity } from './identity.ts';
import { problem } from './problem.ts';
import { ui } from './ui.ts';

export const en: Catalogue = { ...common, ...document, ...identity, ...problem, ...ui };
