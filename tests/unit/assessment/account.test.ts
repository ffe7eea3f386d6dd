import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packDocument, parsePack } from '#scoring';
import { accountView } from '#lib/assessment/account/account.ts';
import { documentFor } from '#lib/assessment/account/ledger.ts';
import type { AccountContent, AccountDocument } from '#lib/assessment/account/accountContent.ts';
import { standingOfEntry, type StoredFact } from '#lib/assessment/account/assess.ts';

function documentOf(id: string) {
	const parsed = parsePack(
		readFileSync(new URL(`../../../scoring/packs/${id}.yaml`, import.meta.url), 'utf8')
	);
	if (!parsed.ok) throw new Error(`${id}: got problems, expected a pack`);
	return packDocument(parsed.pack);
}
const document = documentOf('street-base');

const fact = (
	id: string,
	kind: string,
	data: StoredFact['data'] = {},
	occurredOn = '2026-11-09'
): StoredFact => ({
	id,
	kind,
	occurredOn,
	recordedAt: `${occurredOn}T08:00:00.000Z`,
	data
});
const paper = (kind: AccountDocument['kind']): AccountDocument => ({
	id: kind,
	kind,
	track: 'B',
	numberText: kind
});
const content = (facts: StoredFact[]): AccountContent => ({
	today: '2026-11-22',
	scheme: { packId: 'street-base', packSha256: 'a', document, isSample: true },
	principal: null,
	facts,
	steps: facts
		.filter(({ kind }) => /^(decision|review)\./.test(kind))
		.map(({ id, kind, occurredOn, data }) => ({
			id,
			kind,
			on: occurredOn,
			userId: String(data.by),
			by: String(data.by),
			isMine: false,
			evidence: [],
			data
		})),
	bandSince: null,
	sources: Object.fromEntries(
		facts.map(({ id }) => [
			id,
			{
				inspectionId: 'i1',
				inspectedOn: '2026-11-09',
				inspectionKind: 'planned',
				foundByMe: false,
				appeal: null,
				elsewhere: null,
				hazard: null,
				event: null,
				documents: [paper('inspection_record'), paper('rectification_order')]
			}
		])
	)
});

describe('the account page', () => {
	test('names clause, law, paper and end of every point', () => {
		const view = accountView('e1', content([fact('f1', 'hazard.found', { severity: 'general' })]))!;
		expect(view).toMatchObject({
			balance: 50,
			band: { key: 'normal', level: 'normal', name: '正常' },
			next: { band: { key: 'warning' }, distance: 250 },
			pendingBand: null
		});
		expect(view.lines).toMatchObject([
			{
				factId: 'f1',
				clause: '1.1',
				basis: ['《中华人民共和国安全生产法》第四十一条'],
				points: 50,
				state: 'sealed',
				standing: 'confirmed',
				lastDay: '2027-11-09',
				document: { kind: 'rectification_order' }
			}
		]);
	});
	test('a decision stands with its reason under the entry it decided', () => {
		const view = accountView(
			'e1',
			content([
				fact('f1', 'hazard.found', { severity: 'major' }),
				fact('a1', 'review.approved', { entry: 'f1', decision: 'reversed', by: '林书记' }, '2026-11-11'),
				fact('d1', 'decision.reversed', { entry: 'f1', facts: '认定有误', by: '高主任' }, '2026-11-12'),
				fact('p1', 'review.published', { decision: 'd1' }, '2026-11-13')
			])
		)!;
		expect(view.lines).toMatchObject([
			{
				standing: 'reversed',
				counts: 'no',
				points: 0,
				approvals: [],
				decisions: [
					{ on: '2026-11-12', by: '高主任', data: { facts: '认定有误' }, publishedOn: '2026-11-13' }
				]
			}
		]);
	});
	test('what waits is told apart from what counts', () => {
		const view = accountView('e1', content([fact('f1', 'hazard.found', { severity: 'major' })]))!;
		expect(view).toMatchObject({
			balance: 0,
			pendingBalance: 300,
			pendingBand: { key: 'warning', level: 'warning', name: '预警' }
		});
		expect(view.lines[0]).toMatchObject({ standing: 'proposed', counts: 'pending' });
	});
	test('崇明 is read once more on 中兴镇’s board, which is a score and not a risk', () => {
		const scheme = {
			packId: 'chongming-2020',
			packSha256: 'b',
			document: documentOf('chongming-2020'),
			isSample: false
		};
		const opinions = fact('f1', 'opinion', { clause: '10.1', points: 6 });
		const view = accountView('e1', { ...content([opinions]), scheme })!;
		expect(view.balance).toBe(600);
		expect(view.scales).toMatchObject([{ name: '中兴镇公示栏', band: { key: 'orange', name: '橙' } }]);
	});
	test('no scheme declared: no account, rather than an empty one', () =>
		expect(accountView('e1', { ...content([]), scheme: null })).toBeNull());
});

test('a recheck is told in its opinion, a hazard in its order, anything else in the record', () => {
	const papers = [paper('inspection_record'), paper('rectification_order'), paper('recheck_opinion')];
	expect(documentFor('hazard.found', papers)?.kind).toBe('rectification_order');
	expect(documentFor('hazard.failed_recheck', papers)?.kind).toBe('recheck_opinion');
	expect(documentFor('entry.refused', papers)?.kind).toBe('inspection_record');
	expect(documentFor('entry.refused', [])).toBeNull();
});

test('an entry that a person may still decide on', () => {
	expect(standingOfEntry({ state: 'proposed', counts: 'pending' })).toBe('proposed');
	expect(standingOfEntry({ state: 'appealed', counts: 'pending' })).toBe('proposed');
	expect(standingOfEntry({ state: 'sealed', counts: 'effective' })).toBe('confirmed');
	expect(standingOfEntry({ state: 'reversed', counts: 'no' })).toBe('reversed');
});
