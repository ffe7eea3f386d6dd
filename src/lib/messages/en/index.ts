import type { Catalogue } from '../index.ts';
import { common } from './common.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { assessment } from './assessment.ts';
import { enterprise } from './enterprise.ts';
import { live } from './live.ts';
import { ranking } from './ranking.ts';
import { tally } from './tally.ts';
import { problem } from './problem.ts';
import { record } from './record.ts';
import { ui } from './ui.ts';

export const en: Catalogue = {
	...common,
	...delivery,
	...document,
	...identity,
	...inspection,
	...assessment,
	...enterprise,
	...live,
	...ranking,
	...tally,
	...problem,
	...record,
	...ui
};
