import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildContent } from '#lib/record/buildContent.ts';
import { citationOf, dropIdleCitation } from '#lib/record/citation.ts';
import type { Draft } from '#lib/record/draft.ts';
import { draftFacts } from '#lib/record/draftFacts.ts';
import { provisionalOf } from '#lib/record/provisional.ts';
import * as visit from '#lib/record/visit.ts';
import type { VisitBundle } from '#lib/record/visitBundle.ts';
import { packDocument, parsePack } from '#scoring';
import { answered, at, bundle, signed, today, uuid } from './sampleVisit.ts';

function under(packId: string): VisitBundle {
	const path = new URL(`../../../scoring/packs/${packId}.yaml`, import.meta.url);
	const parsed = parsePack(readFileSync(path, 'utf8'));
	if (!parsed.ok) throw new Error(`${packId}: got problems, expected a pack`);
	const document = JSON.parse(JSON.stringify(packDocument(parsed.pack)));
	return { ...bundle, scheme: { ...bundle.scheme!, packId, document, isSample: false } };
}
const chongming = under('chongming-2020');
const hazardId = uuid(20);
const changed = (next: object, draft = answered(), here = chongming): Draft =>
	dropIdleCitation(visit.changeHazard(draft, hazardId, next, '2026-11-30'), hazardId, here, at);
const choices = (draft: Draft, here = chongming) => citationOf(draft.hazards[0]!, draft, here, at);

describe('the clauses that may be cited', () => {
	test('stand by aspect, the likely ones first; none cited is what the scheme does without', () => {
		const draft = changed({ description: '应急预案缺少卸料环节的现场处置措施' });
		const citation = choices(draft)!;
		expect(citation.groups.map(({ name }) => name)).toEqual([
			'基础管理',
			'隐患排查',
			'应急管理',
			'其他管理',
			'作业现场'
		]);
		expect(citation.likely[0]!.code).toBe('10.1');
		expect(citation.without!.code).toBe('15.2');
	});

	test('what was cited here for the same item comes first', () => {
		const data = { hazardId: uuid(7), itemCode: 'gas.alarm', clause: '13.2', scheme: 'chongming-2020' };
		const fact = { id: 'f', kind: 'hazard.found', occurredOn: '2026-05-01', recordedAt: at, data };
		expect(choices(answered(), { ...chongming, facts: [fact] })!.likely[0]!.code).toBe('13.2');
		const elsewhere = { ...fact, data: { ...data, scheme: 'jinshan-2019' } };
		expect(choices(answered(), { ...chongming, facts: [elsewhere] })!.likely[0]?.code).not.toBe('13.2');
	});

	test('are not asked for where the scheme lets nobody choose, gives no points, or none is declared', () => {
		expect(choices(answered(), bundle)).toBeNull();
		expect(choices(answered(), { ...chongming, scheme: null })).toBeNull();
		const worker = { ...chongming.inspector, role: 'community_worker' as const };
		expect(choices(answered(), { ...chongming, inspector: worker })).toBeNull();
	});

	test('a hazard that becomes 重大 stands under its own clause, and cites none any more', () => {
		const cited = changed({ clause: '10.1' });
		expect(cited.hazards[0]!.clause).toBe('10.1');
		const major = changed({ severity: 'major', legalBasis: '依据' }, cited);
		expect(major.hazards[0]!.clause).toBeNull();
		expect(choices(major)).toMatchObject({ groups: [], without: { code: '15.3' } });
		expect(changed({ part: '仓库' }, cited).hazards[0]!.clause).toBe('10.1');
	});
});

describe('what is read before the signature', () => {
	const provisional = (draft: Draft, here = chongming) => provisionalOf(draft, here, at)!;

	test('10.1 costs half a point at the seal, and rectified in time a quarter comes back', () => {
		const result = provisional(changed({ clause: '10.1' }));
		expect(result).toMatchObject({
			points: 50,
			entries: [{ hazardId, clause: '10.1', points: 50, waits: false, isSample: false }],
			relief: { [hazardId]: 25 },
			relieved: 25,
			before: { balance: 0, band: null },
			after: { balance: 50, band: { name: '乡镇监管' }, pendingBand: null }
		});
	});

	test('重大 waits: the account has nothing more yet, and would have three', () => {
		const result = provisional(changed({ severity: 'major', legalBasis: '依据' }));
		expect(result.entries).toMatchObject([{ clause: '15.3', points: 300, waits: true }]);
		expect(result.after).toMatchObject({ balance: 0, pendingBalance: 300 });
		expect([result.relief[hazardId], result.relieved]).toEqual([150, 150]);
	});

	test('with 11.5 points the next half point reaches a band that waits for people', () => {
		const facts = Array.from({ length: 23 }, (_, n) => ({
			id: `f${n}`,
			kind: 'hazard.found',
			occurredOn: '2026-03-02',
			recordedAt: at,
			data: { hazardId: uuid(700 + n), severity: 'general' }
		}));
		const { before, after } = provisional(changed({ clause: '10.1' }), { ...chongming, facts });
		expect([before.balance, before.band!.name]).toEqual([1150, '乡镇监管']);
		expect(after).toMatchObject({
			balance: 1200,
			band: { name: '乡镇监管' },
			pendingBand: { name: '满12分' }
		});
	});

	test('put right on the spot, charge and relief both stand there', () => {
		const { points, entries, relief } = provisional(changed({ clause: '10.1', measure: 'on_spot' }));
		expect([points, relief]).toEqual([0, {}]);
		expect(entries.map(({ clause, points: own }) => [clause, own])).toEqual([
			['10.1', 50],
			['减免1', -50]
		]);
	});

	test('the content keeps clause, text and points as they were read, and the fact the scheme they are of', () => {
		const draft = signed(changed({ clause: '10.1' }));
		const { provisional: kept, hazards } = buildContent(draft, chongming, provisional(draft), at);
		expect(hazards[0]!.clause).toBe('10.1');
		expect(kept).toMatchObject({ points: 50, entries: [{ clause: '10.1', points: 50 }] });
		expect(kept!.entries![0]!.text).toContain('应急预案不符合实际');
		expect(Object.keys(kept!).sort()).toEqual([
			'account',
			'entries',
			'pack',
			'packName',
			'packSha256',
			'points'
		]);
		expect(draftFacts(draft, chongming, at)[0]!.data).toMatchObject({
			clause: '10.1',
			scheme: 'chongming-2020'
		});
	});

	test('a visit of before clauses could be cited is sealed as it is', () => {
		const draft = signed();
		const { clause: _, ...old } = draft.hazards[0]!;
		const content = buildContent({ ...draft, hazards: [old] }, bundle, null, at);
		expect('clause' in content.hazards[0]!).toBe(false);
		expect(draft.hazards[0]!.deadline! > today).toBe(true);
	});
});
