import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyEvents, type EventDefect } from '#lib/live/verifyEvents.server.ts';
import { verifyBundle } from '#lib/record/bundle/verifyBundle.server.ts';
import { defectsBeside, verifyRows, type RowDefect } from '#lib/record/proof/verifyRows.server.ts';
import { verifyEvidence, type EvidenceDefect } from '#lib/record/proof/verifyEvidence.server.ts';
import { verifyChain, type ChainDefect } from '#lib/record/verifyChain.server.ts';
import type { TestBackend } from '../support/testBackend.ts';
import { isProof, provenColumns, type Proof } from './provenColumns.ts';

/** One change, looked for, and put back. */
export interface Tampering {
	proof: Proof | 'bundle';
	/** What was changed and what verification said, for the message of a failure. */
	what: string;
	isNamed: boolean;
}

interface Target {
	table: string;
	column: string;
	type: string;
	proof: Proof;
}

interface Row {
	ctid: string;
	/** Each column as text. */
	values: Record<string, string | null>;
	/** The record whose page of rows holds it, where one does. */
	position: number | null;
	/** How verification calls the row. */
	name: string;
}

/** Small and seeded: the same thousand changes each time. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Where a row of each table is looked for: its record's position, and what it is called there. */
const rowOf: Record<string, { position: string; name: string; only?: string }> = {
	records: { position: 'x.position', name: 'x.subject_id::text' },
	inspections: {
		position: '(select r.position from public.records r where r.subject_id = x.id)',
		name: 'x.id::text',
		// Who was not let in got no paper that could say the track.
		only: `x.outcome = 'checked'`
	},
	corrections: { position: positionOf('x.id'), name: 'x.id::text' },
	answers: { position: positionOf('x.inspection_id'), name: 'x.item_id::text' },
	hazards: { position: positionOf('x.inspection_id'), name: 'x.id::text' },
	hazard_transitions: {
		position: positionOf('x.cause_id'),
		name: 'x.hazard_id::text',
		only: `x.cause_kind in ('inspection', 'adoption', 'correction')`
	},
	signatures: { position: positionOf('x.inspection_id'), name: 'x.role' },
	evidence_uses: {
		position: positionOf('x.inspection_id'),
		name: `concat_ws('/', x.purpose, coalesce(x.hazard_id::text, ''), x.position)`,
		only: 'coalesce(x.rectification_id, x.extension_id, x.paper_receipt_id, x.major_step_id) is null'
	},
	documents: { position: 'x.record_position', name: 'x.id::text' },
	document_signatures: { position: 'null', name: 'x.id::text' },
	deliveries: {
		position: positionOf('x.inspection_id'),
		name: 'x.id::text',
		only: 'x.received_at is not null'
	},
	facts: {
		position: positionOf('x.inspection_id'),
		name: `concat_ws('/', x.kind, coalesce(x.hazard_id::text, ''))`,
		only: `x.inspection_id in (select i.id from public.inspections i where i.track <> 'C') and x.kind <> 'fact.withdrawn'`
	},
	delivery_events: { position: 'null', name: 'x.id::text' },
	rectifications: { position: 'null', name: 'x.id::text' },
	hazard_extensions: { position: 'null', name: 'x.id::text' },
	major_cases: { position: 'null', name: 'x.hazard_id::text' },
	major_steps: { position: 'null', name: 'x.id::text' },
	paper_receipts: { position: 'null', name: 'x.id::text' },
	tipoffs: { position: 'null', name: 'x.id::text' },
	tipoff_steps: { position: 'null', name: `x.tipoff_id || '/' || x.number` },
	tipoff_photos: { position: 'null', name: 'x.tipoff_id::text' },
	third_party_opinions: { position: 'null', name: 'x.id::text' },
	check_tasks: { position: 'null', name: 'x.id::text' },
	check_ratings: { position: 'null', name: 'x.id::text' },
	inspection_plans: { position: 'null', name: 'x.id::text' },
	inspection_plan_steps: { position: 'null', name: `x.plan_id || '/' || x.number` },
	agency_versions: { position: 'null', name: `x.agency_id || '/' || x.version` },
	document_voids: { position: 'null', name: 'x.document_id::text' },
	escalations: { position: 'null', name: 'x.id::text' },
	evidence: { position: 'null', name: 'x.sha256' },
	events: { position: 'x.position', name: 'x.position::text' }
};

function positionOf(subject: string): string {
	return `(select r.position from public.records r where r.subject_id = ${subject})`;
}

/** What no update may touch, or is looked for under another table. */
const leftOut = [
	'evidence_uses.rectification_id',
	'evidence_uses.extension_id',
	'evidence_uses.paper_receipt_id',
	'evidence_uses.major_step_id',
	'delivery_events.id',
	'tipoff_photos.tipoff_id',
	'tipoff_photos.position',
	'tipoff_photos.sha256'
];

/** The record of an adoption has no event that tells its scope; its rows do. */
const states = ({ table, column }: Target, { values }: Row): boolean =>
	values[column] !== null && (`${table}.${column}` !== 'records.scope' || values.kind === 'inspection');

interface Change {
	target: Target;
	row: Row;
	was: string;
	changed: string;
}

interface Reports {
	chain: ChainDefect[];
	events: EventDefect[];
	rows: RowDefect[];
	files: EvidenceDefect[];
}

const mostTogether = 4;

/** Rows of different records, or different witnessed rows: what breaks a chain or an event stands alone. */
function areApart(a: Change, b: Change): boolean {
	const kinds = [a, b].map(({ target: { proof } }) => (proof === 'steps' ? 'text' : proof));
	if (kinds[0] !== kinds[1]) return false;
	if (kinds[0] === 'witness') return a.row !== b.row;
	return kinds[0] === 'text' && a.row.position !== b.row.position;
}

/** What verification says of this very change. */
function defectsOf({ target: { table, column, proof }, row }: Change, said: Reports): unknown[] {
	// A place that moved is named by the gap it leaves as well, or where it went, with the place that it left.
	const near = [row.position, column === 'position' ? row.position! + 1 : row.position];
	switch (proof) {
		case 'link':
			return said.chain.filter(
				({ position, expected }) => near.includes(position ?? null) || expected === String(row.position)
			);
		case 'events':
			return said.events.filter(
				({ position, expected }) =>
					[Number(row.name), Number(row.name) + 1].includes(position) || expected === row.name
			);
		case 'witness':
			return said.events.filter(({ about }) =>
				[`${table}/${row.name}`, `${table}_decided/${row.name}`].includes(about ?? '')
			);
		case 'file':
			return said.files;
		default:
			return said.rows.filter(
				(defect) =>
					defect.table === table &&
					(defect.position ?? row.position) === row.position &&
					(defect.field.split('.')[0] === column ||
						['row_missing', 'row_extra', 'unrecorded'].includes(defect.kind))
			);
	}
}

export async function tamperer(
	opened: TestBackend,
	{ bundle, bundleFile }: { bundle: Buffer; bundleFile: string }
) {
	const { backend, sql, dataFolder } = opened;
	const targets = await targetsOf(opened);
	const rows = await rowsOf(opened);
	// Whoever changes a row behind the program's back is not held by its triggers and checks.
	await dropChecks(opened);
	await sql('set session_replication_role = replica');
	const next = randomFrom(20261120);
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!;

	/** Some changes that do not hide each other, made together, looked for together, put back. */
	async function columns(proof?: Proof): Promise<Tampering[]> {
		const first = change(proof);
		const together = [first];
		for (let tries = 0; tries < 12 && together.length < mostTogether; tries++) {
			const another = change();
			if (together.every((one) => areApart(one, another))) together.push(another);
		}
		const named = await lookedFor(together);
		const found: Tampering[] = [];
		for (const [index, one] of together.entries()) {
			const { target, row, was, changed } = one;
			// One whose record another one made unreadable is looked for by itself.
			const isHidden = named[index]!.length === 0 && together.length > 1;
			const all = isHidden ? (await lookedFor([one]))[0]! : named[index]!;
			const what = `${target.table}.${target.column} of ${row.name}: ${was.slice(0, 60)} → ${changed.slice(0, 60)}: ${JSON.stringify(all).slice(0, 400)}`;
			found.push({ proof: target.proof, what, isNamed: all.length > 0 });
		}
		return found;
	}

	/** What verification says of each, all of them made at once. */
	async function lookedFor(changes: Change[]): Promise<unknown[][]> {
		for (const one of changes) await set(one, one.changed);
		const said = await reports(changes.map(({ target }) => target.proof));
		for (const one of changes) await set(one, one.was);
		return changes.map((one) => defectsOf(one, said));
	}

	function change(proof?: Proof): Change {
		for (;;) {
			const target = pick(targets.filter((each) => proof === undefined || each.proof === proof));
			const candidates = rows[target.table]!.filter((row) => states(target, row));
			if (candidates.length === 0) continue;
			const row = pick(candidates);
			const was = row.values[target.column]!;
			return { target, row, was, changed: changedValue(target.type, was, next) };
		}
	}

	async function set({ target: { table, column, type }, row }: Change, value: string): Promise<void> {
		const [moved] = await sql<{ ctid: string }>(
			`update public.${table} set ${column} = $1::text::${type} where ctid = $2::text::tid returning ctid::text`,
			[value, row.ctid]
		);
		row.ctid = moved!.ctid;
	}

	async function reports(proofs: Proof[]): Promise<Reports> {
		const needs = (...some: Proof[]) => proofs.some((proof) => some.includes(proof));
		return {
			chain: needs('link') ? (await verifyChain(backend)).defects : [],
			events: needs('events', 'witness') ? (await verifyEvents(backend)).defects : [],
			rows: needs('text', 'steps') ? (await verifyRows(backend)).defects : [],
			files: needs('file') ? (await verifyEvidence(backend)).defects : []
		};
	}

	/** One bit of a stored photo or paper. */
	async function file(): Promise<Tampering> {
		const isPhoto = next() < 0.5;
		const rows = await sql<{ sha256: string; id: string }>(
			isPhoto
				? 'select sha256, sha256 as id from public.evidence order by sha256'
				: `select pdf_sha256 as sha256, id from public.documents where pdf_sha256 is not null
					union all select signed_sha256, id from public.document_signatures order by id, sha256`
		);
		const { sha256, id } = pick(rows);
		const path = join(dataFolder, isPhoto ? 'evidence' : 'documents', sha256.slice(0, 2), sha256);
		const bytes = await readFile(path);
		const at = Math.floor(next() * bytes.length);
		await writeFile(path, flipped(bytes, at, next));
		const all = isPhoto ? (await verifyEvidence(backend)).defects : (await verifyChain(backend)).defects;
		await writeFile(path, bytes);
		const isNamed = all.some((defect) =>
			'documentId' in defect ? defect.documentId === id : 'sha256' in defect && defect.sha256 === id
		);
		return { proof: 'file', what: `${path} byte ${at}: ${JSON.stringify(all)}`, isNamed };
	}

	/** One bit of a bundle, anywhere. */
	async function inBundle(): Promise<Tampering> {
		const at = Math.floor(next() * bundle.length);
		await writeFile(bundleFile, flipped(bundle, at, next));
		const verified = await verifyBundle(bundleFile);
		const broken = verified.ok
			? verified.value.findings.filter(({ verdict }) => verdict === 'broken')
			: [verified.problem];
		return {
			proof: 'bundle',
			what: `bundle byte ${at}: ${JSON.stringify(broken).slice(0, 300)}`,
			isNamed: broken.length > 0
		};
	}

	return {
		/** Some columns of any kind, one each of what stands alone, a file, a bundle. */
		round: async (): Promise<Tampering[]> => [
			...(await columns()),
			...(await columns()),
			...(await columns('link')),
			...(await columns('events')),
			await file(),
			await inBundle()
		],
		tails: () => cutTails(opened),
		end: () => sql('set session_replication_role = origin')
	};
}

async function targetsOf({ sql }: TestBackend): Promise<Target[]> {
	const columns = await sql<{ table: string; column: string; type: string }>(
		`select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
		from pg_attribute a join pg_class c on c.oid = a.attrelid
		where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) and a.attnum > 0 and not a.attisdropped
		order by c.relname, a.attnum`,
		[Object.keys(provenColumns)]
	);
	return columns.flatMap(({ table, column, type }) => {
		const proof = provenColumns[table]![column]!;
		return isProof(proof) && !leftOut.includes(`${table}.${column}`) ? [{ table, column, type, proof }] : [];
	});
}

async function dropChecks({ sql }: TestBackend): Promise<void> {
	const checks = await sql<{ table: string; name: string }>(
		`select c.relname as table, k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
		where k.contype in ('c', 'u') and c.relnamespace = 'public'::regnamespace and c.relname = any ($1)`,
		[Object.keys(provenColumns)]
	);
	for (const { table, name } of checks)
		await sql(`alter table public.${table} drop constraint "${name}" cascade`);
}

async function rowsOf({ sql }: TestBackend): Promise<Record<string, Row[]>> {
	const found: Record<string, Row[]> = {};
	for (const [table, columns] of Object.entries(provenColumns)) {
		const { position, name, only = 'true' } = rowOf[table]!;
		const values = Object.keys(columns).map((column) => `x.${column}::text`);
		const read = await sql<{
			ctid: string;
			position: number | null;
			name: string;
			values: (string | null)[];
		}>(
			`select x.ctid::text, (${position})::int as position, ${name} as name, jsonb_build_array(${values.join(', ')}) as values
			from public.${table} x where ${only} order by 3, 2`
		);
		found[table] = read.map((row) => ({
			...row,
			values: Object.fromEntries(Object.keys(columns).map((column, index) => [column, row.values[index]!]))
		}));
	}
	return found;
}

const flipped = (bytes: Buffer, at: number, next: () => number): Buffer => {
	const copy = Buffer.from(bytes);
	copy[at]! ^= 1 << Math.floor(next() * 8);
	return copy;
};

/** Another value of the same type, one character away where the type lets it. */
function changedValue(type: string, was: string, next: () => number): string {
	const at = Math.floor(next() * was.length);
	const replace = (index: number, character: string) =>
		was.slice(0, index) + character + was.slice(index + 1);
	if (type === 'boolean') return was.startsWith('t') ? 'false' : 'true';
	if (type === 'date') return replace(was.length - 1, was.endsWith('1') ? '2' : '1');
	if (type.startsWith('timestamp'))
		return was.replace(/:(\d)(\d)/, (_, a: string, b: string) => `:${a}${(Number(b) + 1) % 10}`);
	if (type === 'uuid[]') return was.replace(/[0-9a-f](?=}$)/, (digit) => (digit === 'a' ? 'b' : 'a'));
	if (type === 'uuid') {
		const index = was[at] === '-' ? at + 1 : at;
		return replace(index, was[index] === 'a' ? 'b' : 'a');
	}
	// A digit before it: no other row has that place.
	if (/int|numeric|double/.test(type)) return was.startsWith('-') ? was.slice(1) : `1${was.padStart(4, '0')}`;
	if (type === 'jsonb') return changedJson(was, next);
	const code = was.codePointAt(at) ?? 0;
	// Halves of a surrogate pair do not stand alone in a database.
	if (code > 0xffff || (code >= 0xdc00 && code <= 0xdfff)) return `${was}·`;
	return was === ''
		? '·'
		: replace(at, String.fromCodePoint(code === 0x6d ? 0x6e : code > 0x7f ? code + 1 : 0x6d));
}

interface Leaf {
	holder: Record<string, unknown>;
	key: string;
}

/** One character of one value inside. */
function changedJson(was: string, next: () => number): string {
	const leaves: Leaf[] = [];
	const root: Record<string, unknown> = { value: JSON.parse(was) };
	const visit = (holder: Record<string, unknown>) => {
		for (const [key, value] of Object.entries(holder))
			if (value !== null && typeof value === 'object') visit(value as Record<string, unknown>);
			else if (value !== null && key !== 'recurrence' && key !== 'onTime') leaves.push({ holder, key });
	};
	visit(root);
	const whole: Leaf = { holder: root, key: 'value' };
	const { holder, key } = leaves[Math.floor(next() * leaves.length)] ?? whole;
	const value = holder[key];
	holder[key] =
		typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;
	return JSON.stringify(root.value);
}

/** Whole rows cut off the ends, with heads that fit; each must be named. @returns what was not. */
async function cutTails({ backend, sql }: TestBackend): Promise<string[]> {
	const missed: string[] = [];
	const cut = async (
		name: string,
		table: string,
		where: string,
		adjust: string[],
		isNamed: () => Promise<boolean>
	) => {
		await sql(`create temporary table cut_rows as select * from public.${table} where ${where}`);
		await sql(`create temporary table cut_record_head as select * from app.record_head`);
		await sql(`create temporary table cut_event_head as select * from app.event_head`);
		await sql(`delete from public.${table} where ${where}`);
		for (const statement of adjust) await sql(statement);
		if (!(await isNamed())) missed.push(name);
		await sql(`insert into public.${table} overriding system value select * from cut_rows`);
		await sql('delete from app.record_head');
		await sql('insert into app.record_head select * from cut_record_head');
		await sql('delete from app.event_head');
		await sql('insert into app.event_head select * from cut_event_head');
		for (const temporary of ['cut_rows', 'cut_record_head', 'cut_event_head'])
			await sql(`drop table ${temporary}`);
	};
	const last = (table: string, order: string) => `${order} = (select max(${order}) from public.${table})`;
	const fitRecordHead = `update app.record_head set (position, link) = (select position, link from public.records order by position desc limit 1)`;
	const fitEventHead = `update app.event_head set (position, hash) = (select position, hash from public.events order by position desc limit 1)`;
	await cut('the last record', 'records', last('records', 'position'), [fitRecordHead], async () =>
		(await verifyChain(backend)).defects.some(({ kind }) => kind === 'tail_missing')
	);
	await cut('the last event', 'events', last('events', 'position'), [fitEventHead], async () =>
		(await verifyEvents(backend)).defects.some(({ kind }) => kind === 'tail_missing')
	);
	await cut('the last receipt', 'delivery_events', last('delivery_events', 'id'), [], async () =>
		(await verifyEvents(backend)).defects.some(
			({ kind, about }) => kind === 'step_missing' && about?.startsWith('delivery_events/')
		)
	);
	await cut(
		'the last document',
		'documents',
		`record_position = (select max(record_position) from public.documents)`,
		[],
		async () => (await verifyChain(backend)).defects.some(({ kind }) => kind === 'numbers')
	);
	await cut(
		'the last step of a hazard',
		'hazard_transitions',
		last('hazard_transitions', 'id'),
		[],
		async () =>
			(await defectsBeside(backend)).some(({ kind, table }) => kind === 'course' && table === 'hazards')
	);
	for (const table of [
		...['rectifications', 'tipoffs', 'tipoff_steps', 'third_party_opinions', 'check_tasks', 'check_ratings'],
		...['inspection_plans', 'inspection_plan_steps', 'agency_versions', 'document_voids', 'escalations']
	])
		await cut(`all ${table}`, table, 'true', [], async () =>
			(await verifyEvents(backend)).defects.some(
				({ kind, about }) => kind === 'step_missing' && about?.startsWith(`${table}/`)
			)
		);
	await cut('the delivery of an act', 'deliveries', 'inspection_id is null', [], async () =>
		(await verifyRows(backend)).defects.some(
			({ kind, table }) => kind === 'row_missing' && table === 'deliveries'
		)
	);
	return missed;
}
