import { act } from './act.ts';
import { area } from './area.ts';
import type { zhCN } from '../zh-CN/index.ts';
import { adoption } from './adoption.ts';
import { comparison } from './comparison.ts';
import { common } from './common.ts';
import { dashboard } from './dashboard.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { identity } from './identity.ts';
import { importing } from './importing.ts';
import { inspection } from './inspection.ts';
import { alarm } from './alarm.ts';
import { assessment } from './assessment.ts';
import { attention } from './attention.ts';
import { enterprise } from './enterprise.ts';
import { escalation } from './escalation.ts';
import { event } from './event.ts';
import { extension } from './extension.ts';
import { fault } from './fault.ts';
import { interop } from './interop.ts';
import { ledger } from './ledger.ts';
import { keys } from './keys.ts';
import { live } from './live.ts';
import { measure } from './measure.ts';
import { opinion } from './opinion.ts';
import { numbers } from './numbers.ts';
import { plan } from './plan.ts';
import { ranking } from './ranking.ts';
import { scheme } from './scheme.ts';
import { screen } from './screen.ts';
import { service } from './service.ts';
import { supervision } from './supervision.ts';
import { rating } from './rating.ts';
import { task } from './task.ts';
import { tally } from './tally.ts';
import { problem } from './problem.ts';
import { record } from './record.ts';
import { risk } from './risk.ts';
import { tipoff } from './tipoff.ts';
import { ui } from './ui.ts';
import { weights } from './weights.ts';
import { verification } from './verification.ts';

export const en: Record<keyof typeof zhCN, string> = {
	...act,
	...adoption,
	...area,
	...comparison,
	...common,
	...dashboard,
	...delivery,
	...document,
	...importing,
	...identity,
	...inspection,
	...alarm,
	...assessment,
	...attention,
	...enterprise,
	...escalation,
	...event,
	...extension,
	...fault,
	...interop,
	...ledger,
	...keys,
	...live,
	...measure,
	...opinion,
	...numbers,
	...plan,
	...ranking,
	...scheme,
	...screen,
	...service,
	...supervision,
	...rating,
	...task,
	...tally,
	...problem,
	...record,
	...risk,
	...tipoff,
	...ui,
	...verification,
	...weights
};
