import type { Catalogue } from '../index.ts';
import { common } from './common.ts';

export const en: Catalogue = { ...common };
