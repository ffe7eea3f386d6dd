import { expectValue, type Answer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { recordSchema } from './content.ts';
import type { InspectionPage } from './inspectionPage.ts';

const instantOrNull = (text: string | null): string | null => text && new Date(text).toISOString();
const rows = <Row>(answer: Answer): Row[] => expectValue<Row[]>(answer);

interface InspectionRow {
	id: string;
	track: InspectionPage['track'];
	inspected_on: string;
	nth_of_year: number;
	enterprise_id: string;
	clock_suspect: boolean;
}
interface RecordRow {
	canonical_text: string;
	position: number;
	sha256: string;
	link: string;
	sealed_at: string;
}
interface DocumentRow {
	id: string;
	kind: InspectionPage['documents'][number]['kind'];
	track: InspectionPage['track'];
	number_text: string;
	state: InspectionPage['documents'][number]['state'];
	pdf_sha256: string | null;
	render_problem: InspectionPage['documents'][number]['renderProblem'];
}
interface DeliveryRow {
	opened_at: string | null;
	received_at: string | null;
	received_by: string | null;
	expires_at: string;
}

/** @returns `not_found` when there is none, or none that the asking person may see. */
export async function readInspectionPage(client: Client, id: string): Promise<Result<InspectionPage>> {
	const [inspections, records, documents, deliveries, hazards] = await Promise.all([
		client
			.from('inspections')
			.select('id, track, inspected_on, nth_of_year, enterprise_id, clock_suspect')
			.eq('id', id),
		client.from('records').select('canonical_text, position, sha256, link, sealed_at').eq('subject_id', id),
		client
			.from('documents')
			.select('id, kind, track, number_text, state, pdf_sha256, render_problem')
			.eq('inspection_id', id)
			.order('record_position', { ascending: false })
			.order('kind'),
		client
			.from('deliveries')
			.select('opened_at, received_at, received_by, expires_at')
			.eq('inspection_id', id),
		client.from('hazards').select('id, state').eq('inspection_id', id)
	]);
	const [inspection] = rows<InspectionRow>(inspections);
	const [kept] = rows<RecordRow>(records);
	if (!inspection || !kept) return failure('not_found');
	const record = recordSchema.parse(JSON.parse(kept.canonical_text));
	const [delivery] = rows<DeliveryRow>(deliveries);
	return success({
		id,
		track: inspection.track,
		inspectedOn: inspection.inspected_on,
		nthOfYear: inspection.nth_of_year,
		enterpriseId: inspection.enterprise_id,
		clockSuspect: inspection.clock_suspect,
		record,
		chain: {
			position: kept.position,
			sha256: kept.sha256,
			link: kept.link,
			sealedAt: new Date(kept.sealed_at).toISOString()
		},
		documents: rows<DocumentRow>(documents).map((row) => ({
			id: row.id,
			kind: row.kind,
			track: row.track,
			numberText: row.number_text,
			state: row.state,
			isRendered: row.pdf_sha256 !== null,
			renderProblem: row.render_problem
		})),
		delivery: delivery
			? {
					openedAt: instantOrNull(delivery.opened_at),
					receivedAt: instantOrNull(delivery.received_at),
					receivedBy: delivery.received_by,
					expiresAt: new Date(delivery.expires_at).toISOString()
				}
			: null,
		hazardStates: Object.fromEntries(
			rows<{ id: string; state: InspectionPage['hazardStates'][string] }>(hazards).map((row) => [
				row.id,
				row.state
			])
		),
		rechecked: await describeHazards(
			client,
			record.content.verdicts.map(({ hazardId }) => hazardId)
		)
	});
}

/** What rechecked hazards are called, by id: a verdict names only the id. */
export async function describeHazards(client: Client, ids: string[]): Promise<Record<string, string>> {
	if (ids.length === 0) return {};
	const found = rows<{ id: string; description: string }>(
		await client.from('hazards').select('id, description').in('id', ids)
	);
	return Object.fromEntries(found.map(({ id, description }) => [id, description]));
}
