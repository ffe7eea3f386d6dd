import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { sha256Hex } from '#lib/canonical.ts';
import { readKeptHead, type EventHead } from '#lib/record/chainHead.server.ts';

interface ChainedEvent {
	position: number;
	previousHash: string;
	hash: string;
	/** The text that was hashed: previous hash, position, kind, scope, enterprise, data and time, a line each. */
	text: string;
	/** What it holds the hash of: a fact, `督办/number`, or `table/id` of a row. */
	stepId: string | null;
	stepSha256: string | null;
	/** As it stands now; null: it is gone. */
	stepText: string | null;
}

/**
 * `position`: one before it is gone · `previous`: it does not follow the one before · `hash`: it was changed ·
 * `step_missing`, `step_changed`: the step or row it tells of · `head`: the database's own head is not its last event ·
 * `tail_missing`, `tail_changed`: it ends before the head kept outside of the database, or says otherwise there
 */
export interface EventDefect {
	kind:
		| 'position'
		| 'previous'
		| 'hash'
		| 'step_missing'
		| 'step_changed'
		| 'head'
		| 'tail_missing'
		| 'tail_changed';
	position: number;
	/** What the step or row is called. */
	about?: string;
	got: string;
	expected: string;
}

/** `step_untold`: no event tells of this step · `course`: the 督办 does not stand as its steps left it */
export interface SupervisionDefect {
	kind: 'step_untold' | 'course';
	/** Of the 督办; with `/number` of a step. */
	id: string;
	/** What of it: a column, or the act of the step. */
	field: string;
	got: string;
	expected: string;
}

export interface EventReport {
	events: number;
	/** Steps of people (decisions, statements, measures, 督办 …) and rows (rectifications, deliveries, papers) that it holds. */
	steps: number;
	defects: EventDefect[];
	supervisionDefects: SupervisionDefect[];
}

const genesisHash = '0'.repeat(64);
const eventsPerPage = 1000;

/**
 * Walks the chain of events and the steps it holds the hashes of; then looks the other way, for steps that it does not hold.
 * Names everything that does not hold.
 */
export async function verifyEvents(backend: Backend): Promise<EventReport> {
	const supervisionDefects = expectValue<SupervisionDefect[]>(
		await backend.asService('event reader').rpc('read_supervision_defects')
	);
	const report: EventReport = { events: 0, steps: 0, defects: [], supervisionDefects };
	const kept = readKeptHead(backend);
	const keptHead = kept.state === 'kept' ? kept.head.events : null;
	let last: EventHead = { position: 0, hash: genesisHash };
	for (;;) {
		const { head, events } = expectValue<{ head: EventHead; events: ChainedEvent[] }>(
			await backend
				.asService('event reader')
				.rpc('read_event_chain', { p_after: last.position, p_limit: eventsPerPage })
		);
		for (const event of events) {
			report.defects.push(...(await eventDefects(event, last)), ...keptDefects(event, keptHead));
			report.events += 1;
			if (event.stepId !== null) report.steps += 1;
			last = { position: event.position, hash: event.hash };
		}
		if (events.length < eventsPerPage) {
			report.defects.push(...endDefects(head, last, keptHead));
			return report;
		}
	}
}

const said = ({ position, hash }: EventHead): string => `${position} ${hash}`;

const keptDefects = ({ position, hash }: ChainedEvent, kept: EventHead | null): EventDefect[] =>
	kept?.position === position && kept.hash !== hash
		? [{ kind: 'tail_changed', position, got: hash, expected: kept.hash }]
		: [];

function endDefects(head: EventHead, last: EventHead, kept: EventHead | null): EventDefect[] {
	const { position } = last;
	const defects: EventDefect[] = [];
	if (said(head) !== said(last))
		defects.push({ kind: 'head', position, got: said(head), expected: said(last) });
	if (kept && kept.position > position)
		defects.push({
			kind: 'tail_missing',
			position: kept.position,
			got: String(position),
			expected: said(kept)
		});
	return defects;
}

async function eventDefects(event: ChainedEvent, last: EventHead): Promise<EventDefect[]> {
	const { position } = event;
	const defects: EventDefect[] = [];
	const expect = (kind: EventDefect['kind'], got: string, expected: string) => {
		if (got !== expected) defects.push({ kind, position, got, expected });
	};
	expect('position', String(position), String(last.position + 1));
	expect('previous', event.previousHash, last.hash);
	expect('hash', await sha256Hex(event.text), event.hash);
	if (event.stepSha256 === null) return defects;
	if (event.stepText === null)
		defects.push({
			kind: 'step_missing',
			position,
			about: event.stepId ?? '',
			got: '—',
			expected: event.stepSha256
		});
	else {
		const got = await sha256Hex(event.stepText);
		if (got !== event.stepSha256)
			defects.push({
				kind: 'step_changed',
				position,
				about: event.stepId ?? '',
				got,
				expected: event.stepSha256
			});
	}
	return defects;
}
