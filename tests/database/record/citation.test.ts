/** 引用条款: what may be cited, what is written of it, and what becomes of it when the scheme changes meanwhile. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { factsOf } from '#lib/assessment/account/assess.ts';
import { readAccount } from '#lib/assessment/account/account.server.ts';
import { packOf } from '#lib/assessment/account/accountContent.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { documentContent } from '#lib/record/documentContent.ts';
import type { DocumentSource } from '#lib/record/documentSource.ts';
import { readDelivery } from '#lib/record/delivery.server.ts';
import type { ProvisionalEntry, ProvisionalPoints } from '#lib/record/provisionalPoints.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { evaluate, packDocument, parsePack, type Pack } from '#scoring';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { makeStreet, type Street } from './street.ts';
import { recheck, sealedBy } from './sealed.ts';
import { alarmHazard, cleanVisit, withHazard } from './visit.ts';

let opened: TestBackend;
let street: Street;
let chongming: Installed;
let jinshan: Installed;
const at = new Date('2026-11-20T05:30:00Z');

interface Installed {
	pack: Pack;
	sha256: string;
}

async function install(id: string): Promise<Installed> {
	const parsed = parsePack(
		await readFile(new URL(`../../../scoring/packs/${id}.yaml`, import.meta.url), 'utf8')
	);
	if (!parsed.ok) throw new Error(`${id}: got problems, expected a pack`);
	const content = canonicalText(packDocument(parsed.pack));
	const sha256 = await sha256Hex(content);
	const { error } = await opened.backend.asService('start-up').rpc('install_pack', {
		p_id: id,
		p_sha256: sha256,
		p_document: JSON.parse(content),
		p_is_sample: false,
		p_default_from: null as unknown as string
	});
	if (error) throw new Error(error.message);
	return { pack: parsed.pack, sha256 };
}
const declare = ({ pack, sha256 }: Installed, from: string) =>
	opened.sql(
		`insert into public.scheme_activations (pack_id, pack_sha256, scope, valid_from) values ($1, $2, '0001', $3)`,
		[pack.id, sha256, from]
	);

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.setClock('2026-11-20T06:00:00Z');
	chongming = await install('chongming-2020');
	jinshan = await install('jinshan-2019');
	await declare(chongming, '2026-01-01');
});
afterAll(() => opened.close());

function lineOf({ pack }: Installed, hazard: Hazard, code: string): ProvisionalEntry {
	const clause = pack.clauses.find((one) => one.code === code)!;
	const { text, kind, points } = clause;
	return {
		hazardId: hazard.id,
		clause: code,
		text,
		kind,
		points: points!.min,
		waits: false,
		isSample: clause.isSample
	};
}

/** Wang cites a clause of a scheme for the missing alarm. */
function citing(
	installed: Installed,
	clause: string,
	more: Partial<ProvisionalPoints> = {}
): InspectionContent {
	const hazard = alarmHazard(street, '2026-11-27', { clause });
	const known = installed.pack.clauses.some(({ code, points }) => code === clause && points);
	const provisional: ProvisionalPoints = {
		pack: installed.pack.id,
		packSha256: installed.sha256,
		packName: installed.pack.name,
		points: 50,
		entries: known ? [lineOf(installed, hazard, clause)] : [],
		...more
	};
	return { ...withHazard(cleanVisit({ street, at }), hazard), provisional };
}
const seal = (content: InspectionContent, person = street.wang) =>
	sealInspection(opened.backend, street.as(person), content);
const account = async () => {
	await assessEnterprises(opened.backend, [street.restaurantId]);
	const [row] = await opened.sql<{ points: number; pack_id: string }>(
		'select points, pack_id from public.score_accounts where enterprise_id = $1',
		[street.restaurantId]
	);
	return row!;
};

describe('a citation is refused in words, and nothing is written,', () => {
	test.each([
		['that the scheme does not have', () => citing(chongming, '99.9')],
		['that the scheme chooses by itself', () => citing(chongming, '15.2')],
		['that is no charge', () => citing(chongming, '减免1')],
		['of a scheme that nobody knows', () => citing({ ...chongming, sha256: 'f'.repeat(64) }, '10.1')],
		['of no scheme at all', () => ({ ...citing(chongming, '10.1'), provisional: null })]
	])('%s', async (_, content) => {
		const answer = await seal(content());
		expect(answer).toMatchObject({ ok: false, problem: { code: 'hazard.clause', path: 'hazards' } });
		expect(await opened.sql('select id from public.hazards')).toEqual([]);
	});

	test('that leaves its points to a person, which no account could be derived from', async () => {
		const clause = (points: unknown) => ({
			code: '1.1',
			points,
			matches: [{ kind: 'hazard.found', where: { clause: ['1.1', '1.2'] } }]
		});
		for (const [points, expected] of [
			[0.5, true],
			[{ min: 1, max: 1 }, true],
			[{ min: 0.5, max: 3 }, false]
		]) {
			const scheme = JSON.stringify({ clauses: [clause(points)] });
			const [row] = await opened.sql<{ is: boolean }>(`select app.is_citable($1::text::jsonb, '1.1') "is"`, [
				scheme
			]);
			expect([points, row!.is]).toEqual([points, expected]);
		}
	});

	test('by a community worker, whose report gives no points', async () => {
		const content = citing(chongming, '10.1');
		const report = {
			...content,
			inspector: { ...content.inspector, userId: street.chen.userId, name: '陈社工', licence: null }
		};
		const answer = await seal(report, street.chen);
		expect(!answer.ok && answer.problem.code).toBe('hazard.clause');
	});

	test('where a line misquotes the scheme, or is about what was not found', async () => {
		const content = citing(chongming, '10.1');
		const [entry] = content.provisional!.entries!;
		for (const wrong of [
			{ ...entry!, text: '记5分。' },
			{ ...entry!, clause: '10.2' },
			{ ...entry!, hazardId: street.restaurantId }
		]) {
			const answer = await seal({
				...content,
				provisional: { ...content.provisional!, entries: [wrong] }
			});
			expect(answer).toMatchObject({ ok: false, problem: { code: 'request.invalid', path: 'provisional' } });
		}
	});
});

describe('a clause cited on site', () => {
	let found: InspectionContent;
	beforeAll(async () => {
		found = citing(chongming, '10.1');
	});

	test('stands on the hazard, in its fact, and over its points', async () => {
		await sealedBy(opened, street, found);
		const [hazard] = await opened.sql('select clause from public.hazards where inspection_id = $1', [
			found.id
		]);
		expect(hazard).toEqual({ clause: '10.1' });
		const facts = await opened.sql(
			`select data->>'clause' clause, data->>'scheme' scheme from public.facts where inspection_id = $1 and kind = 'hazard.found'`,
			[found.id]
		);
		expect(facts).toEqual([{ clause: '10.1', scheme: 'chongming-2020' }]);
		expect(await account()).toEqual({ points: 50, pack_id: 'chongming-2020' });
		const entries = await opened.sql(
			'select clause, points, state from public.score_entries where enterprise_id = $1',
			[street.restaurantId]
		);
		expect(entries).toEqual([{ clause: '10.1', points: 50, state: 'confirmed' }]);
	});

	test("is on the enterprise's page as it was signed; a stranger with the paper sees no points", async () => {
		const { deliverySecret } = opened.backend.keys;
		const { screenToken, paperToken } = deliveryTokens(deliverySecret, found.deliveryId);
		const own = await readDelivery(opened.backend, screenToken);
		expect(own.ok && own.value.delivery.inspection?.provisional).toMatchObject({
			points: 50,
			packName: chongming.pack.name,
			entries: [{ clause: '10.1', points: 50 }]
		});
		const strangers = await readDelivery(opened.backend, paperToken);
		expect(JSON.stringify(strangers)).not.toContain('10.1');
	});

	test('is on the 记分表 that comes out of the seal beside the record', async () => {
		const papers = await opened.sql<{ id: string; kind: string }>(
			'select id, kind from public.documents where inspection_id = $1 order by kind',
			[found.id]
		);
		expect(papers.map(({ kind }) => kind)).toEqual([
			'inspection_record',
			'rectification_order',
			'score_sheet'
		]);
		const service = opened.backend.asService('document worker');
		const { data } = await service.rpc('document_source', { p_document: papers.at(-1)!.id });
		const source = data as unknown as DocumentSource;
		const links = { deliveryUrl: 'https://mingcha.example/o/x', verifyUrl: 'https://mingcha.example/v/x' };
		expect(documentContent(source, links)).toMatchObject({
			kind: 'score_sheet',
			number: '（示例）安记分〔2026〕1号',
			recordNumber: '（示例）安检记〔2026〕1号',
			points: 50,
			lines: [{ clause: '10.1', points: 50, finding: found.hazards[0]!.description }]
		});
	});

	test('rectified in time costs half: the reduction is tied to its hazard', async () => {
		const hazardId = found.hazards[0]!.id;
		await opened.setClock('2026-11-27T06:00:00Z');
		const passed = recheck(street, new Date('2026-11-27T05:30:00Z'), found.id, [hazardId]);
		await sealedBy(opened, street, passed);
		expect((await account()).points).toBe(25);
		const entries = await opened.sql(
			'select clause, points from public.score_entries where enterprise_id = $1 order by points desc',
			[street.restaurantId]
		);
		expect(entries).toEqual([
			{ clause: '10.1', points: 50 },
			{ clause: '减免2', points: -25 }
		]);
	});

	test('under a scheme that changed after check-in is sealed as signed, and counts as if none were cited', async () => {
		await declare(jinshan, '2026-11-27');
		const late = citing(chongming, '1.1');
		await sealedBy(opened, street, late);
		const content = (await readAccount(street.as(street.wang), street.restaurantId))!;
		expect(content.scheme!.packId).toBe('jinshan-2019');
		const facts = factsOf(street.restaurantId, content.facts);
		const fact = facts.find(({ data }) => data.hazardId === late.hazards[0]!.id && data.clause)!;
		expect(fact.data).toMatchObject({ clause: '1.1', scheme: 'chongming-2020' });
		const { trace } = evaluate(packOf(content.scheme!), facts, content.today, { trace: true });
		// 金山's own 1.1 is about something else.
		expect(trace!.find((line) => line.fact === fact.id)).toMatchObject({
			outcome: 'entry',
			clause: '4.2',
			citedInVain: '1.1'
		});
	});
});
