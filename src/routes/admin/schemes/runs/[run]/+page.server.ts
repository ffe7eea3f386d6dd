import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { readCommunities } from '#lib/area/boundary.server.ts';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { drawFlipMap } from '#lib/assessment/scheme/flipMap.ts';
import { activateScheme, readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { versionName } from '#lib/assessment/scheme/schemes.ts';
import { byGravity, directionOf, levelCounts, trialDirections } from '#lib/assessment/scheme/schemeTrial.ts';
import { readTrial, stopTrial, type TrialRun } from '#lib/assessment/scheme/schemeTrial.server.ts';
import { log } from '#lib/backend/log.server.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const rowsPerPage = 20;

function runOf(event: RequestEvent): TrialRun {
	const { session } = requireMember(event, 'administrator', 'leader');
	return readTrial(session.userId, event.params.run!) ?? refuse({ code: 'scheme.not_tried' });
}

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	event.depends('mingcha:trial');
	const run = runOf(event);
	const { client, locale } = event.locals;
	const [book, typeNames] = await Promise.all([readSchemes(client), siteTypeNames(client, locale)]);
	const { trial, declaration, version, state, problem } = run;
	const place = book?.places.find(({ scope }) => scope === declaration.scope);
	const isRunning = state === 'running';
	return {
		state,
		problem,
		version: { name: version.name, key: versionName(version) },
		declaration,
		placeName: place?.name ?? null,
		mayDeclare: place?.mayDeclare ?? false,
		siteTypeNames: typeNames,
		progress: { total: trial.total, done: trial.done, passed: trial.passed, changed: trial.changes.length },
		unreadable: trial.unreadable,
		counts: levelCounts(trial.flows),
		map: isRunning ? null : drawFlipMap(await readCommunities(client), trial.sites),
		list: listOf(run, event.url.searchParams),
		isAdministrator: memberships.some(({ role }) => role === 'administrator')
	};
};

/** The page of changes that the address asks for. */
function listOf({ trial }: TrialRun, query: URLSearchParams) {
	const direction = trialDirections.find((each) => each === query.get('direction')) ?? null;
	const matching = trial.changes
		.filter((change) => direction === null || directionOf(change) === direction)
		.sort(byGravity);
	const page = pageFrom(query);
	const counts = Object.fromEntries(
		trialDirections.map((each) => [
			each,
			trial.changes.filter((change) => directionOf(change) === each).length
		])
	) as Record<(typeof trialDirections)[number], number>;
	return {
		direction,
		page,
		pageCount: Math.ceil(matching.length / rowsPerPage),
		counts,
		rows: matching.slice((page - 1) * rowsPerPage, page * rowsPerPage)
	};
}

/** The accounts follow what counts from today; those of a later day follow on that day by themselves. */
async function follow(backend: Backend): Promise<void> {
	try {
		await assessBehind(backend);
		eventReader(backend).poke();
	} catch (error) {
		// The assessor finds them again within the hour.
		log.error({ err: error }, 'accounts did not follow the scheme');
	}
}

export const actions: Actions = {
	stop: (event) => {
		const run = runOf(event);
		stopTrial(run.userId, run.id);
		redirect(303, event.url.pathname);
	},

	activate: async (event) => {
		requireMember(event, 'administrator');
		const run = runOf(event);
		const confirmed = (await event.request.formData()).get('seen') === 'on';
		const refused = (problem: NonNullable<TrialRun['problem']>) =>
			fail(problemStatus[problem.code], { problem });
		if (run.state !== 'done') return refused({ code: 'scheme.not_tried' });
		if (!confirmed) return refused({ code: 'request.invalid', path: 'seen' });
		const { backend, client } = event.locals;
		const done = await activateScheme(client, run.version, run.declaration);
		if (!done.ok) return refused(done.problem);
		eventReader(backend).poke();
		if (done.value.hasBegun) void follow(backend);
		redirect(
			303,
			`/admin/schemes?outcome=${done.value.hasBegun ? 'today' : 'later'}&from=${run.declaration.from}`
		);
	}
};
