import {
	actObstacle,
	afterAct,
	afterState,
	majorRules,
	type MajorAct,
	type MajorStanding,
	type MajorState,
	type MajorStep,
	type MajorTransition
} from './major.ts';

/** As the database keeps it, for `verify`. */
export interface MajorCourse {
	hazardId: string;
	/** The row that pages read; null: there is none. */
	stands: (Omit<MajorStanding, 'state'> & { steps: number }) | null;
	course: Pick<MajorStep, 'number' | 'act' | 'says' | 'afterTransition'>[];
	transitions: Pick<MajorTransition, 'id' | 'to' | 'cause'>[];
}

export interface CourseDefect {
	/** Of the hazard; with `/number` of a step. */
	id: string;
	field: string;
	got: string;
	expected: string;
}

interface Walk {
	standing: MajorStanding;
	/** Steps that were not possible from where it stood. */
	impossible: { number: number; act: MajorAct; why: string }[];
}

/**
 * Walks steps and transitions in their one order: a step comes after the transition that it names, and before the one
 * that it causes. @returns how the hazard stands then.
 */
export function walkMajor({ course, transitions }: Pick<MajorCourse, 'course' | 'transitions'>): Walk {
	const walk: Walk = {
		standing: { state: 'open', plan: 'none', stop: 'none', listedUntil: null },
		impossible: []
	};
	const takeSteps = (after: number, before: number) => {
		for (const { number, act, says, afterTransition } of course) {
			if (afterTransition < after || afterTransition >= before) continue;
			const why = actObstacle(act, walk.standing);
			if (why !== null) walk.impossible.push({ number, act, why });
			// What moves the hazard itself is told by its transition.
			else if (majorRules[act].thread !== 'hazard') walk.standing = afterAct(walk.standing, act, says);
		}
	};
	takeSteps(Number.NEGATIVE_INFINITY, transitions[0]?.id ?? Number.POSITIVE_INFINITY);
	for (const [index, { id, to, cause }] of transitions.entries()) {
		if (cause !== 'extension') walk.standing = afterState(walk.standing, to as MajorState);
		takeSteps(id, transitions[index + 1]?.id ?? Number.POSITIVE_INFINITY);
	}
	return walk;
}

/** Where the row is not what its course leaves, and steps that could not have been taken. */
export function courseDefects({ hazardId, stands, course, transitions }: MajorCourse): CourseDefect[] {
	const { standing, impossible } = walkMajor({ course, transitions });
	if (stands === null) return [{ id: hazardId, field: 'hazard_id', got: '—', expected: hazardId }];
	const columns: [column: string, got: string | number | null, expected: string | number | null][] = [
		['plan', stands.plan, standing.plan],
		['stop', stands.stop, standing.stop],
		['listed_until', stands.listedUntil, standing.listedUntil],
		['steps', stands.steps, course.length]
	];
	return [
		...columns
			.filter(([, got, expected]) => got !== expected)
			.map(([field, got, expected]) => ({
				id: hazardId,
				field,
				got: String(got ?? '—'),
				expected: String(expected ?? '—')
			})),
		...impossible.map(({ number, act, why }) => ({
			id: `${hazardId}/${number}`,
			field: 'act',
			got: act,
			expected: why
		}))
	];
}
