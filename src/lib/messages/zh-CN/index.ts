import { act } from './act.ts';
import { adoption } from './adoption.ts';
import { alarm } from './alarm.ts';
import { area } from './area.ts';
import { assessment } from './assessment.ts';
import { attention } from './attention.ts';
import { dashboard } from './dashboard.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { escalation } from './escalation.ts';
import { event } from './event.ts';
import { extension } from './extension.ts';
import { fault } from './fault.ts';
import { zhFirst } from './first.ts';
import { identity } from './identity.ts';
import { importing } from './importing.ts';
import { inspection } from './inspection.ts';
import { interop } from './interop.ts';
import { keys } from './keys.ts';
import { ledger } from './ledger.ts';
import { measure } from './measure.ts';
import { notice } from './notice.ts';
import { numbers } from './numbers.ts';
import { objection } from './objection.ts';
import { opinion } from './opinion.ts';
import { plan } from './plan.ts';
import { rating } from './rating.ts';
import { record } from './record.ts';
import { risk } from './risk.ts';
import { scheme } from './scheme.ts';
import { screen } from './screen.ts';
import { service } from './service.ts';
import { supervision } from './supervision.ts';
import { task } from './task.ts';
import { tipoff } from './tipoff.ts';
import { verification } from './verification.ts';
import { weights } from './weights.ts';

/** One file per domain folder; a key starts with its file's name. */
export const zhCN = {
	...zhFirst,
	...act,
	...adoption,
	...alarm,
	...area,
	...assessment,
	...attention,
	...dashboard,
	...delivery,
	...document,
	...escalation,
	...event,
	...extension,
	...fault,
	...identity,
	...importing,
	...inspection,
	...interop,
	...keys,
	...ledger,
	...measure,
	...notice,
	...numbers,
	...objection,
	...opinion,
	...plan,
	...rating,
	...record,
	...risk,
	...scheme,
	...screen,
	...service,
	...supervision,
	...task,
	...tipoff,
	...verification,
	...weights
};
