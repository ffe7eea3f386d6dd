import type { Catalogue } from '../index.ts';
import { common } from './common.ts';
import { problem } from './problem.ts';
import { ui } from './ui.ts';

export const en: Catalogue = { ...common, ...problem, ...ui };
