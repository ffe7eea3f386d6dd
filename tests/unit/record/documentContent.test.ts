import { describe, expect, test } from 'vitest';
import { sampleAgencyTemplate } from '#lib/document/agencyTemplate.ts';
import { completeTemplate } from '#lib/document/printedAgency.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { actSchema } from '#lib/record/act.ts';
import { previewContent } from '#lib/record/actContent.ts';
import { documentContent, recheckNumbers } from '#lib/record/documentContent.ts';
import type { DocumentSource } from '#lib/record/documentSource.ts';
import { drawnSignature } from '#lib/document/sampleContent.ts';

const id = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;
const hash = (digit: string) => digit.repeat(64);
const links = {
	deliveryUrl: 'https://mingcha.example/o/token',
	verifyUrl: `https://mingcha.example/v/${hash('a')}`
};

type Hazard = InspectionContent['hazards'][number];
const hazard = (digit: string, more: Partial<Hazard> = {}): Hazard => ({
	id: id(digit),
	itemId: null,
	itemCode: null,
	part: '后厨',
	severity: 'general',
	cause: 'object',
	description: `隐患${digit}`,
	legalBasis: '',
	acceptance: null,
	measure: 'deadline',
	deadline: '2026-11-30',
	position: null,
	photos: [],
	proof: [],
	...more
});
const putRight = hazard('2', { measure: 'on_spot', deadline: null, photos: [hash('1')], proof: [hash('2')] });

const content = (more: Partial<InspectionContent> = {}): InspectionContent => ({
	format: 'mingcha.inspection/1',
	id: id('a'),
	kind: 'planned',
	rechecks: null,
	supersedes: null,
	enterprise: {
		id: id('b'),
		name: '示例餐饮店',
		creditCode: null,
		address: '',
		principalName: '安然',
		principalPhone: '13800001234',
		siteType: 'restaurant'
	},
	agencyId: id('c'),
	place: ' ',
	taskSource: null,
	checkIn: { at: '2026-11-22T06:05:00Z', position: null, distanceMetres: null, reason: '室内' },
	notChecked: null,
	checklistVersionIds: [],
	answers: [],
	hazards: [
		hazard('1'),
		putRight,
		hazard('3', { severity: 'major', legalBasis: '《安全生产法》第四十二条', photos: [hash('3')] })
	],
	verdicts: [],
	provisional: null,
	electronicDelivery: true,
	onSite: {
		outcome: 'signed',
		name: '安然',
		duty: '',
		phone: '13800001234',
		signature: drawnSignature(3),
		at: '2026-11-22T07:00:00Z'
	},
	inspector: {
		userId: id('d'),
		name: '明远',
		licence: '示例执法0001',
		signature: drawnSignature(1),
		at: '2026-11-22T07:01:00Z'
	},
	companionId: null,
	evidence: [
		{ sha256: hash('3'), bytes: 9, mediaType: 'image/jpeg', takenAt: '2026-11-22T06:10:00Z', position: null }
	],
	deliveryId: id('e'),
	device: { endedAt: '2026-11-22T07:02:00Z', clockOffsetMilliseconds: 0 },
	...more
});

const signed = (text: string) => ({ text, sha256: hash('a'), signature: 's', keyId: 'k' });
function source(
	kind: DocumentSource['kind'],
	visit: InspectionContent,
	more: Partial<DocumentSource> = {}
): DocumentSource {
	const text = JSON.stringify({
		format: 'mingcha.record/1',
		content: visit,
		contentSha256: hash('b'),
		cosignature: null
	});
	return {
		id: id('f'),
		kind,
		track: 'B',
		numberText: '（示例）安检记〔2026〕1号',
		agency: { name: '示例街道办事处', shortName: '示例', template: {}, isSample: false },
		// 00:30 on the 23rd in Shanghai.
		issuedAt: '2026-11-22T16:30:00.000Z',
		deliveryId: visit.deliveryId,
		deliverySerial: 0,
		pdfSha256: null,
		record: { ...signed(text), kind: 'inspection', position: 1 },
		inspectionRecord: signed(text),
		inspection: { id: visit.id, nthOfYear: 3, inspectedOn: '2026-11-22', kind: visit.kind },
		community: '示例第一社区',
		recordNumber: null,
		report: null,
		order: null,
		rechecked: [],
		...more
	};
}

describe('现场检查记录', () => {
	const record = documentContent(source('inspection_record', content()), links);

	test('prints what was sealed; the day of issue is that of Shanghai; telephone numbers are masked', () => {
		expect(record.issuedOn).toBe('2026-11-23');
		expect(record.enterprise).toMatchObject({
			address: '/',
			creditCode: null,
			principalPhone: '138****1234'
		});
		expect(record.onSite).toMatchObject({ name: '安然', duty: null, phone: '138****1234' });
		expect(record).toMatchObject({ place: null, inspectionOfYear: 3 });
	});

	test('numbers every hazard from 1 and puts photos under their numbers', () => {
		if (record.kind !== 'inspection_record') throw new Error(record.kind);
		expect(record.hazards.map(({ number, legalBasis }) => [number, legalBasis])).toEqual([
			[1, null],
			[2, null],
			[3, '《安全生产法》第四十二条']
		]);
		expect(
			record.photos.map(({ sha256, moment, hazardNumber }) => [sha256[0], moment, hazardNumber])
		).toEqual([
			['1', 'found', 2],
			['2', 'put_right', 2],
			['3', 'found', 3]
		]);
		expect(record.photos.at(-1)?.takenAt).toBe('2026-11-22T06:10:00Z');
	});

	test('names the clause and the points that stood beside each hazard when it was signed; an order does not', () => {
		const entry = {
			hazardId: id('1'),
			clause: '10.1',
			text: '应急预案不符合实际的，记0.5分。',
			kind: 'charge' as const,
			points: 50,
			waits: false,
			isSample: false
		};
		const visit = content({
			provisional: { pack: 'p', packSha256: hash('9'), points: 50, packName: '某地记分', entries: [entry] }
		});
		const scored = documentContent(source('inspection_record', visit), links);
		expect(scored).toMatchObject({
			scoring: { rules: '某地记分', points: 50 },
			hazards: [
				{ points: [{ clause: '10.1', text: entry.text, points: 50, waits: false }] },
				{ points: [] },
				{ points: [] }
			]
		});
		expect(JSON.stringify(documentContent(source('rectification_order', visit), links))).not.toContain(
			'10.1'
		);
		// Sealed before that was kept: the total alone says nothing that could be printed.
		const old = content({ provisional: { pack: 'p', packSha256: hash('9'), points: 50 } });
		expect(documentContent(source('inspection_record', old), links)).toMatchObject({ scoring: null });
	});

	test('is marked a sample as long as the agency uses a phrase of the sample', () => {
		expect(record.agency.template.isSample).toBe(true);
		const { isSample: _, ...own } = { ...sampleAgencyTemplate, source: '本街道' };
		expect(completeTemplate({ ...own, isSample: false }).isSample).toBe(false);
		expect(completeTemplate({ ...own, isSample: false, reportsTo: undefined }).isSample).toBe(true);
		expect(completeTemplate({ reportsTo: '本区应急管理局' })).toMatchObject({
			reportsTo: '本区应急管理局',
			filingDepartment: sampleAgencyTemplate.filingDepartment,
			isSample: true
		});
	});

	test('a phone whose clock was set back does not end a visit before it began', () => {
		const visit = content({ device: { endedAt: '2026-11-22T05:00:00Z', clockOffsetMilliseconds: null } });
		expect(documentContent(source('inspection_record', visit), links)).toMatchObject({
			to: visit.checkIn.at
		});
	});

	test('a refusal names the witness and keeps the photo of it', () => {
		const visit = content({
			onSite: {
				outcome: 'refused',
				name: '',
				reason: '有不同意见',
				witness: { name: '知夏', identity: '社区工作者', signature: null },
				photos: [hash('4')],
				at: '2026-11-22T07:00:00Z'
			}
		});
		const refused = documentContent(source('inspection_record', visit), links);
		expect(refused.onSite).toMatchObject({ outcome: 'refused', name: null, witness: { name: '知夏' } });
		expect(refused.photos.at(-1)).toMatchObject({ moment: 'refused', hazardNumber: null });
	});
});

test('整改文书 orders only what has a deadline, numbered from 1 again', () => {
	const order = documentContent(source('rectification_order', content()), links);
	if (order.kind !== 'rectification_order') throw new Error(order.kind);
	expect(order.hazards.map(({ number, description }) => [number, description])).toEqual([
		[1, '隐患1'],
		[2, '隐患3']
	]);
	expect(order.photos.map(({ hazardNumber }) => hazardNumber)).toEqual([2]);
	expect(order.adopts).toBeNull();
});

test('a second licensed signature makes it track A; one alone is refused', () => {
	const a = source('rectification_order', content(), { track: 'A' });
	expect(() => documentContent(a, links)).toThrow(/permission.licence/);
	const record = JSON.parse(a.inspectionRecord!.text) as { cosignature: unknown };
	record.cosignature = {
		...content().inspector,
		name: '若溪',
		licence: '示例执法0002',
		contentSha256: hash('b')
	};
	const both = { ...a, inspectionRecord: signed(JSON.stringify(record)) };
	expect(documentContent(both, links).inspectors.map(({ name }) => name)).toEqual(['明远', '若溪']);
});

test('隐患上报 orders nothing and names the community', () => {
	const report = documentContent(source('hazard_report', content(), { track: 'C' }), links);
	expect(report).toMatchObject({ kind: 'hazard_report', community: '示例第一社区' });
});

test('采纳并出具: the inspector’s deadlines and signature, the report’s number, and a line to sign on paper', () => {
	const visit = content();
	const adoption = {
		format: 'mingcha.adoption/1',
		id: id('9'),
		inspectionId: visit.id,
		hazards: [{ id: id('3'), deadline: '2026-12-05' }],
		inspector: { ...visit.inspector, name: '若溪', licence: null },
		at: '2026-11-23T01:00:00Z'
	};
	const base = source('rectification_order', visit, {
		report: { numberText: '（示例）隐患报〔2026〕5号', issuedAt: '2026-11-22T07:05:00Z' }
	});
	const order = documentContent(
		{ ...base, record: { ...signed(JSON.stringify(adoption)), kind: 'adoption', position: 2 } },
		links
	);
	expect(order).toMatchObject({
		onSite: null,
		hazards: [{ number: 1, description: '隐患3', deadline: '2026-12-05' }],
		inspectors: [{ name: '若溪', licence: null }],
		adopts: { number: '（示例）隐患报〔2026〕5号', reporter: '示例第一社区明远', reportedOn: '2026-11-22' }
	});
});

describe('整改复查意见书', () => {
	const visit = content({
		kind: 'recheck',
		rechecks: id('8'),
		hazards: [],
		verdicts: [
			{ hazardId: id('7'), passed: false, note: '', newDeadline: '2026-12-08', photos: [] },
			{ hazardId: id('6'), passed: true, note: '已安装', newDeadline: null, photos: [hash('5')] }
		]
	});
	const rechecked = [
		{ id: id('6'), part: '后厨', description: '报警', orderNumber: 2 },
		{ id: id('7'), part: '大堂', description: '出口', orderNumber: 3 }
	];

	test('uses the numbers of the order it answers', () => {
		const opinion = documentContent(
			source('recheck_opinion', visit, {
				order: { numberText: '（示例）安检改〔2026〕9号', issuedAt: '2026-11-10T03:00:00Z' },
				rechecked
			}),
			links
		);
		expect(opinion).toMatchObject({
			recheckedOn: '2026-11-22',
			order: { issuedOn: '2026-11-10' },
			verdicts: [
				{ number: 2, description: '报警', passed: true, note: '已安装' },
				{ number: 3, description: '出口', passed: false, note: null, newDeadline: '2026-12-08' }
			],
			photos: [{ hazardNumber: 2, moment: 'rechecked' }]
		});
	});

	test('items of two orders never share a number', () => {
		const twins = [...rechecked, { id: id('5'), part: '库房', description: '另一份的第2项', orderNumber: 2 }];
		expect([...recheckNumbers(twins).values()]).toEqual([2, 3, 4]);
	});

	test('without an order there is none', () => {
		expect(() => documentContent(source('recheck_opinion', visit, { rechecked }), links)).toThrow(
			/expected one/
		);
	});
});

test('记分表 quotes what was read on site: clause, text, points, and the account before and after', () => {
	const line = { kind: 'charge', isSample: true } as const;
	const visit = content();
	const entries = [
		{ ...line, hazardId: visit.hazards[0]!.id, clause: '10.1', text: '缺少措施的', points: 50, waits: false },
		{ ...line, hazardId: null, clause: '15.3', text: '拒绝检查的', points: 300, waits: true }
	];
	const account = { before: 100, after: 150, pendingAfter: 450, bandBefore: '正常', bandAfter: '预警' };
	const provisional = {
		pack: 'p',
		packSha256: hash('c'),
		packName: '示例记分办法',
		points: 350,
		entries,
		account
	};
	const sheet = source(
		'score_sheet',
		{ ...visit, provisional },
		{ recordNumber: '（示例）安检记〔2026〕1号' }
	);
	expect(documentContent(sheet, links)).toMatchObject({
		kind: 'score_sheet',
		isSample: true,
		rules: '示例记分办法',
		points: 350,
		lines: [
			{ number: 1, finding: visit.hazards[0]!.description, clause: '10.1', points: 50, waits: false },
			{ number: 2, finding: null, clause: '15.3', waits: true }
		],
		account
	});
	const { account: _, ...older } = provisional;
	const before = source(
		'score_sheet',
		{ ...visit, provisional: older },
		{ recordNumber: '（示例）安检记〔2026〕1号' }
	);
	expect(documentContent(before, links)).toMatchObject({ account: null });
	expect(() => documentContent(source('score_sheet', visit), links)).toThrow(/without lines/);
});

describe('a paper issued on its own', () => {
	const act = {
		format: 'mingcha.act/1',
		id: id('1'),
		agencyId: id('2'),
		enterprise: { id: id('3'), name: '示例餐饮店', creditCode: null, address: '示例路1号' },
		body: {
			kind: 'reminder_notice',
			matter: '气温下降',
			items: ['检查软管'],
			day: '2026-11-30',
			basis: null
		},
		signer: { userId: id('4'), name: '秋实', role: 'leader' },
		at: '2026-11-22T16:29:00.000Z'
	};
	const ofAct = (more: Partial<DocumentSource> = {}): DocumentSource => ({
		...source('reminder_notice', content()),
		record: { ...signed(JSON.stringify(act)), kind: 'act', position: 2 },
		inspectionRecord: null,
		inspection: null,
		...more
	});

	test('prints its own record, the number and the day of issue; its wording is a sample', () => {
		expect(documentContent(ofAct(), links)).toMatchObject({
			kind: 'reminder_notice',
			number: '（示例）安检记〔2026〕1号',
			issuedOn: '2026-11-23',
			isSample: true,
			enterprise: { name: '示例餐饮店', principalName: null },
			inspectors: [{ name: '秋实', signature: null }],
			onSite: null,
			body: act.body
		});
	});

	test('between offices nothing is delivered: the code leads to the verification', () => {
		const printed = documentContent(ofAct({ deliveryId: null }), { ...links, deliveryUrl: null });
		expect(printed.deliveryUrl).toBeNull();
	});

	test('before it is issued it has no number, and no hash that could be mistaken for one', () => {
		const parsed = actSchema.parse(act);
		const preview = previewContent(parsed, {
			agency: source('reminder_notice', content()).agency,
			day: '2026-11-22'
		});
		expect(preview).toMatchObject({ number: '预览', isPreview: true, deliveryUrl: null });
	});
});
