import type { RequestEvent } from '@sveltejs/kit';
import { packOf, type AccountContent } from '#lib/assessment/account/accountContent.ts';
import { readAccount } from '#lib/assessment/account/account.server.ts';
import {
	clauseChoices,
	eventFact,
	eventSchema,
	mostEvidence,
	noClause,
	previewEvent,
	type EventEvidence,
	type EventForm,
	type EventPreview,
	type RegisteredEvent
} from '#lib/assessment/event/registeredEvent.ts';
import { readEvents } from '#lib/assessment/event/registeredEvent.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { putPapers, readFiles } from '#lib/inspection/evidence.server.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';
import type { FactValue, Pack } from '#scoring';

/** A form as it was sent: its texts, and its files once they are stored. Both go back into the page. */
export interface Entry {
	values: Record<string, string>;
	evidence: EventEvidence[];
	problem: Problem | null;
}

const isHash = (value: FormDataEntryValue): value is string => /^[0-9a-f]{64}$/.test(String(value));

/** Stores what was chosen now beside what was stored before, so that nobody chooses a file twice. */
export async function readEntry({ locals, request }: RequestEvent): Promise<Entry> {
	const form = await request.formData();
	const kept = form.getAll('evidence').filter(isHash);
	const put = await putPapers(locals.backend, locals.client, form.getAll('paper'));
	const evidence = await readFiles(locals.client, [...new Set([...kept, ...(put.ok ? put.value : [])])]);
	const problem = !put.ok
		? { ...put.problem, path: 'evidence' }
		: evidence.length === 0 || evidence.length > mostEvidence
			? failure('event.evidence', undefined, 'evidence').problem
			: null;
	return { values: enteredText(form), evidence, problem };
}

export interface Checked {
	event: EventForm;
	conditions: Record<string, FactValue>;
	/** null: no scheme is declared there. */
	preview: EventPreview | null;
}

/** What the entry says and what the scheme would make of it; nothing is saved. */
export async function checkEntry(
	{ locals, params }: RequestEvent<{ id: string }>,
	{ values, problem }: Entry
): Promise<Result<Checked>> {
	const form = readForm(eventSchema, values);
	if (!form.ok) return form;
	if (problem) return { ok: false, problem };
	const event = form.value;
	const content = await readAccount(locals.client, params.id);
	if (!content) return failure('not_found');
	const pack = content.scheme && packOf(content.scheme);
	const conditions = conditionsOf(pack, event);
	if (conditions === null) return failure('event.clause', undefined, 'clause');
	const corrected = await correctedEvent(locals.client, params.id, event.corrects ?? null);
	if (event.corrects && !corrected) return failure('event.state');
	return previewed(content, pack, params.id, event, conditions, corrected);
}

function previewed(
	{ facts, today }: AccountContent,
	pack: Pack | null,
	enterpriseId: string,
	event: EventForm,
	conditions: Record<string, FactValue>,
	corrected: RegisteredEvent | null
): Result<Checked> {
	if (!pack) return success({ event, conditions, preview: null });
	const fact = eventFact(pack, enterpriseId, event, conditions, new Date().toISOString());
	const { preview, fault } = previewEvent(pack, facts, fact, corrected?.factId ?? null, today);
	if (preview) return success({ event, conditions, preview });
	if (fault!.reason === 'fact_inspection') return failure('request.invalid', undefined, 'inspectionId');
	return fault!.reason === 'fact_points'
		? failure('event.points', undefined, 'points')
		: failure('event.clause', undefined, 'clause');
}

/** What the chosen clause asks of the fact; null: there is no such clause on that day, or one must be chosen. */
function conditionsOf(
	pack: Pack | null,
	{ kind, occurredOn, clause }: EventForm
): Checked['conditions'] | null {
	const choices = pack ? clauseChoices(pack, kind, occurredOn) : [];
	if (clause === noClause || (clause === '' && choices.length === 0)) return {};
	return choices.find(({ code }) => code === clause)?.conditions ?? null;
}

/** The entered event that another is to take the place of. */
export async function correctedEvent(
	client: App.Locals['client'],
	enterpriseId: string,
	id: string | null
): Promise<RegisteredEvent | null> {
	if (id === null) return null;
	const events = await readEvents(client, enterpriseId);
	return events.find((event) => event.id === id && event.state === 'entered') ?? null;
}

/** The texts with which the form of a correction opens. */
export function valuesOf(event: RegisteredEvent, pack: Pack | null, day: string): Record<string, string> {
	const choices = pack ? clauseChoices(pack, event.kind, day) : [];
	const asked = JSON.stringify(event.conditions);
	return {
		occurredOn: event.occurredOn,
		documentNumber: event.documentNumber ?? '',
		authority: event.authority ?? '',
		description: event.description,
		deaths: String(event.deaths ?? ''),
		injuries: String(event.injuries ?? ''),
		points: String(event.points ?? ''),
		clause: choices.find(({ conditions }) => JSON.stringify(conditions) === asked)?.code ?? noClause,
		inspectionId: event.inspectionId ?? ''
	};
}
