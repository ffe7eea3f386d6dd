import { createHash } from 'node:crypto';
import { numbersTextOf, verifyLink, genesisLink, type ChainRecord } from '#lib/record/chain.ts';
import { recordText } from '#lib/record/sealInspection.server.ts';
import { sha256Hex } from '#lib/canonical.ts';

/** What must hold of a database whatever happened to it: recomputed here, from its rows alone. */

export type Sql = <Row = Record<string, unknown>>(text: string, params?: unknown[]) => Promise<Row[]>;

/** Everything that does not hold, in words; empty when all is well. */
export async function faultsOf(sql: Sql): Promise<string[]> {
	return [
		...(await chainFaults(sql)),
		...(await numberFaults(sql)),
		...(await feedFaults(sql)),
		...(await tallyFaults(sql)),
		...(await halfSealed(sql))
	];
}

interface RecordRow extends ChainRecord {
	position: number;
	kind: string;
	contentSha256: string;
	documents: { kind: string; numberText: string }[];
}

/** Every hash and every link, from the first record to the head. */
async function chainFaults(sql: Sql): Promise<string[]> {
	const records = await sql<RecordRow>(
		`select r.position::int as position, r.kind, r.canonical_text as "canonicalText", r.sha256, r.content_sha256 as "contentSha256",
			r.numbers_text as "numbersText", app.instant_text(r.sealed_at) as "sealedAt", r.previous_link as "previousLink", r.link,
			(select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'numberText', d.number_text)), '[]')
				from public.documents d where d.record_position = r.position) as documents
		from public.records r order by r.position`
	);
	const faults: string[] = [];
	let last = { position: 0, link: genesisLink, sealedAt: '' };
	for (const record of records) {
		const say = (what: string) => faults.push(`record ${record.position}: ${what}`);
		if (record.position !== last.position + 1) say(`got it after ${last.position}`);
		if (record.sealedAt < last.sealedAt) say(`got ${record.sealedAt}, expected it after ${last.sealedAt}`);
		for (const fault of await verifyLink(record, last.link)) say(fault);
		if (numbersTextOf(record.documents) !== record.numbersText) say('its documents carry other numbers');
		if (
			record.kind === 'inspection' ||
			(record.kind === 'correction' && 'content' in JSON.parse(record.canonicalText))
		)
			await checkContent(record, say);
		last = record;
	}
	const [head] = await sql<{ position: number; link: string }>(
		'select position::int as position, link from app.record_head'
	);
	if (head!.position !== last.position || head!.link !== last.link)
		faults.push('record head: not the last record');
	return faults;
}

async function checkContent(record: RecordRow, say: (what: string) => void): Promise<void> {
	const { content, cosignature } = JSON.parse(record.canonicalText) as Record<string, unknown>;
	const contentText = JSON.stringify(content);
	if ((await sha256Hex(contentText)) !== record.contentSha256) say('its content has another hash');
	const signed = cosignature === null ? null : JSON.stringify(cosignature);
	if (recordText(contentText, record.contentSha256, signed) !== record.canonicalText)
		say('its text is not its content');
}

/** Numbers per agency × kind × track × year: 1, 2, 3 … in the order of the chain, up to the counter. */
async function numberFaults(sql: Sql): Promise<string[]> {
	const series = await sql<{ name: string; numbers: number[]; counter: number | null }>(
		`select concat_ws(' ', d.agency_id, d.kind, d.track, d.year) as name, jsonb_agg(d.number order by d.record_position) as numbers,
			(select c.last_number from public.document_counters c
				where (c.agency_id, c.kind, c.track, c.year) = (d.agency_id, d.kind, d.track, d.year)) as counter
		from public.documents d group by d.agency_id, d.kind, d.track, d.year`
	);
	const counters = await sql<{ n: number }>(
		'select count(*)::int as n from public.document_counters where last_number > 0'
	);
	const faults = series
		.filter(
			({ numbers, counter }) =>
				counter !== numbers.length || numbers.some((number, index) => number !== index + 1)
		)
		.map(
			({ name, numbers, counter }) => `numbers ${name}: got ${numbers.join(',')} and a counter of ${counter}`
		);
	return counters[0]!.n === series.length ? faults : [...faults, 'numbers: got a counter without documents'];
}

export interface FeedRow {
	position: number;
	at: string;
	kind: string;
	scope: string;
	enterprise_id: string | null;
	data: string;
	previous_hash: string;
	hash: string;
}

/** The bytes that an event's hash is of (`app.append_event`). */
const eventText = (row: FeedRow): string =>
	[row.previous_hash, row.position, row.kind, row.scope, row.enterprise_id ?? '', row.data, row.at].join(
		'\n'
	);

/** Positions 1, 2, 3 … and each hash of the one before. */
async function feedFaults(sql: Sql): Promise<string[]> {
	const rows = await sql<FeedRow>(
		`select position::int as position, app.instant_text(at) as at, kind, scope, enterprise_id, data::text as data, previous_hash, hash
		from public.events order by position`
	);
	const faults: string[] = [];
	let last = { position: 0, hash: '0'.repeat(64) };
	for (const row of rows) {
		if (row.position !== last.position + 1)
			faults.push(`event ${row.position}: got it after ${last.position}`);
		if (row.previous_hash !== last.hash) faults.push(`event ${row.position}: does not follow the one before`);
		if (createHash('sha256').update(eventText(row)).digest('hex') !== row.hash)
			faults.push(`event ${row.position}: other bytes`);
		last = row;
	}
	const [head] = await sql<{ position: number; hash: string }>(
		'select position::int as position, hash from app.event_head'
	);
	if (head!.position !== last.position || head!.hash !== last.hash)
		faults.push('event head: not the last event');
	return faults;
}

/** Counters against a recount of what they count. */
async function tallyFaults(sql: Sql): Promise<string[]> {
	const drift = await sql<{ what: string }>(
		`select 'tally_flows ' || x as what from (
			(select scope, site_type, severity, day, found, corrected_on_spot, closed, reopened from public.tally_flows where (found, closed, reopened) <> (0, 0, 0)
				except select * from app.recounted_flows())
			union all (select * from app.recounted_flows() except select scope, site_type, severity, day, found, corrected_on_spot, closed, reopened from public.tally_flows)) x
		union all select 'tally_deadlines ' || x from (
			(select * from public.tally_deadlines where open <> 0 except select * from app.recounted_deadlines())
			union all (select * from app.recounted_deadlines() except select * from public.tally_deadlines)) x
		union all select 'tally_visits ' || x from (
			(select * from public.tally_visits where inspections <> 0 except select * from app.recounted_visits())
			union all (select * from app.recounted_visits() except select * from public.tally_visits)) x
		union all select 'enterprise_tallies ' || t.enterprise_id from public.enterprise_tallies t
		where t.open_hazards <> (select count(*) from public.hazards h where h.enterprise_id = t.enterprise_id
				and h.state in ('reported', 'open', 'rectification_submitted', 'accepted'))
			or t.inspections <> (select count(*) from public.inspections i where i.enterprise_id = t.enterprise_id and i.outcome = 'checked')`
	);
	return drift.map(({ what }) => what);
}

/**
 * Rows of an inspection as its own record counts them, against those that are there: a seal is wholly there or not
 * at all. The facts of a report come with its adoption, so they are not counted here.
 */
async function halfSealed(sql: Sql): Promise<string[]> {
	const rows = await sql<{ id: string; got: number[]; expected: number[] }>(
		`with sealed as (
			-- What was corrected since (更正) names further photos.
			select r.subject_id as id, r.position, r.canonical_text::jsonb->'content' as content, r.canonical_text::jsonb->'cosignature' as cosignature,
				(select s.canonical_text::jsonb->'content'->'evidence' from app.standing_record(r.subject_id) s) as evidence
			from public.records r where r.kind = 'inspection'
		), everything as (
			select id from sealed union select id from public.inspections union select inspection_id from public.answers
			union select inspection_id from public.hazards union select inspection_id from public.signatures
			union select inspection_id from public.documents union select inspection_id from public.deliveries
			union select inspection_id from public.facts where inspection_id is not null
			union select inspection_id from public.evidence_uses where inspection_id is not null
			union select (data->>'inspectionId')::uuid from public.events where kind = 'inspection.sealed'
		), counted as (
			select e.id, jsonb_build_array(
				(select count(*) from public.records r where r.subject_id = e.id),
				(select count(*) from public.inspections i where i.id = e.id),
				(select count(*) from public.answers a where a.inspection_id = e.id),
				(select count(*) from public.hazards h where h.inspection_id = e.id),
				(select count(*) from public.hazard_transitions t where t.cause_id = e.id),
				(select count(*) from public.signatures s where s.inspection_id = e.id),
				(select count(*) from public.evidence_uses u where u.inspection_id = e.id),
				(select count(*) from public.deliveries d where d.inspection_id = e.id),
				(select count(*) from public.documents d where d.inspection_id = e.id and d.record_position = s.position),
				(select count(*) from public.facts f where f.inspection_id = e.id and not t.is_report and f.kind in ('inspection.completed', 'hazard.found', 'hazard.rectified', 'hazard.failed_recheck')
					and f.decided_by = (s.content->'inspector'->>'userId')::uuid and not exists (select 1 from public.facts b where b.hazard_id = f.hazard_id and b.kind = f.kind
						and b.inspection_id = f.inspection_id and b.ordinal < f.ordinal)),
				(select count(*) from public.events v where v.kind = 'inspection.sealed' and v.data->>'inspectionId' = e.id::text)) as got,
				jsonb_build_array(1, 1, jsonb_array_length(content->'answers'), jsonb_array_length(content->'hazards'),
				jsonb_array_length(content->'hazards') + jsonb_array_length(content->'verdicts'),
				2 + (cosignature <> 'null')::int, jsonb_array_length(evidence), 1,
				case when t.is_report then (jsonb_array_length(content->'hazards') > 0)::int else
					1 + (exists (select 1 from jsonb_array_elements(content->'hazards') h where h->>'measure' = 'deadline'))::int
						+ (jsonb_array_length(content->'verdicts') > 0)::int end,
				case when t.is_report then 0 else 1 + jsonb_array_length(content->'hazards') + jsonb_array_length(content->'verdicts') end, 1) as expected
			from everything e left join sealed s on s.id = e.id
			cross join lateral (select coalesce((select i.track = 'C' from public.inspections i where i.id = e.id), false) as is_report) t)
		select id, got, expected from counted where got is distinct from expected
			and id not in (select i.id from public.inspections i where i.outcome = 'not_checked')`
	);
	return rows.map(({ id, got, expected }) => `inspection ${id}: got ${got} rows, expected ${expected}`);
}
