import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { areaChangeSchema, type AreaStep } from '#lib/area/areaChange.ts';
import { changeAreas } from '#lib/area/areaChange.server.ts';
import { readBoundaryText } from '#lib/area/boundaryText.ts';
import { enteredText } from '#lib/identity/credentials.ts';
import { failure, problemStatus, success, type Problem, type Result } from '#lib/problem.ts';
import { coordinateSystems } from '#lib/spatial/coordinateSystem.ts';
import { requireMember } from '../../guard.ts';

export type Entered = Record<string, string>;
export type StepsOf = (entered: Entered) => Result<unknown[]>;

/** A boundary as it was written or drawn, with the neighbours that gave way; nothing where the field is empty. */
export function boundaryStep(entered: Entered): Result<Pick<AreaStep & { kind: 'add' }, 'geometry'>> {
	if (!entered.geometry?.trim()) return success({});
	const system = z.enum(coordinateSystems).safeParse(entered.crs || 'wgs84');
	if (!system.success) return failure('request.invalid', undefined, 'crs');
	const read = readBoundaryText(entered.geometry, system.data);
	return read.ok ? success({ geometry: read.value as never }) : read;
}

/** Other areas whose border moved along. */
export function otherSteps({ others }: Entered): Result<unknown[]> {
	try {
		return success(others ? (JSON.parse(others) as unknown[]) : []);
	} catch {
		return failure('request.invalid', undefined, 'others');
	}
}

/** The change that a form states, previewed; saved with the digest of the preview that it carries. */
export async function attemptChange(event: RequestEvent, isSave: boolean, stepsOf: StepsOf) {
	requireMember(event, 'administrator');
	const entered = enteredText(await event.request.formData());
	const refuse = (problem: Problem) => fail(problemStatus[problem.code], { problem, preview: null, entered });
	const steps = stepsOf(entered);
	if (!steps.ok) return refuse(steps.problem);
	const read = areaChangeSchema.safeParse({
		steps: steps.value,
		validFrom: entered.validFrom,
		reason: entered.reason,
		isCorrection: entered.manner === 'correction'
	});
	if (!read.success) {
		const path = read.error.issues[0]?.path.at(-1);
		return refuse({ code: 'request.invalid', ...(path !== undefined && { path: String(path) }) });
	}
	const saving = { digest: entered.digest ?? '', acceptsFaults: entered.accept === 'on' };
	const answer = await changeAreas(event.locals.client, read.data, isSave ? saving : undefined);
	if (!answer.ok && isSave && ['area.changed_meanwhile', 'area.faults'].includes(answer.problem.code)) {
		const again = await changeAreas(event.locals.client, read.data);
		return fail(problemStatus[answer.problem.code], {
			problem: answer.problem,
			preview: again.ok ? again.value : null,
			entered
		});
	}
	if (!answer.ok) return refuse(answer.problem);
	if (!isSave) return { problem: null, preview: answer.value, entered };
	const [first] = answer.value.areas;
	redirect(303, `/admin/areas/${first!.id}?moved=${answer.value.moved}`);
}
