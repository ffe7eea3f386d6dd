import { readFileSync } from 'node:fs';
import type { ChecklistItem } from '#lib/checklist/checklist.ts';
import type { Position, Strokes } from '#lib/inspection/inspection.ts';
import { startDraft, type Draft } from '#lib/record/draft.ts';
import * as visit from '#lib/record/visit.ts';
import type { OpenHazard, VisitBundle } from '#lib/record/visitBundle.ts';
import { packDocument, parsePack } from '#scoring';

export const today = '2026-11-20';
export const at = '2026-11-20T05:30:00.000Z';
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const sha = (letter: string) => letter.repeat(64);

export const drawn: Strokes = {
	widthPixels: 320,
	heightPixels: 160,
	strokes: [[0, 20, 40, 60].map((x, t) => ({ x, y: 50 + (t % 2) * 20, t: t * 30 }))]
};
export const dot: Strokes = { ...drawn, strokes: [[{ x: 1, y: 1, t: 0 }]] };
export const door: Position = {
	longitude: 121,
	latitude: 31,
	accuracyMetres: 9,
	fixedAt: at,
	source: 'device'
};

const item = (n: number, code: string): ChecklistItem => ({
	id: uuid(n),
	code,
	part: n < 103 ? '后厨' : '前厅',
	text: `检查项 ${code}`,
	hazardDescription: `隐患 ${code}`,
	acceptance: '合格',
	cause: 'object',
	severity: 'general',
	majorHint: null,
	days: 7,
	legalBasis: null,
	isSample: true,
	source: '示例'
});

const loaded = parsePack(
	readFileSync(new URL('../../../scoring/packs/street-base.yaml', import.meta.url), 'utf8')
);
if (!loaded.ok) throw new Error('street-base: got problems, expected a pack');

/** 王检 at a fictional restaurant with three questions; 李检 could come along. */
export const bundle: VisitBundle = {
	serverAt: at,
	today,
	enterprise: {
		id: uuid(1),
		name: '示例餐饮店',
		creditCode: '91000000MA1T00013A',
		creditCodeAbsence: null,
		address: '示例路1号',
		community: '示例社区',
		siteType: 'restaurant',
		siteTypeName: { 'zh-CN': '餐饮店', en: 'Restaurant' },
		riskLevel: 'general',
		tags: [],
		contactName: '周店长',
		contactPhone: null,
		principal: null,
		longitude: 121,
		latitude: 31,
		openHazards: 0,
		openMajor: 0,
		lastInspectedOn: null,
		checksThisYear: 0,
		isSample: true
	},
	inspector: {
		userId: uuid(2),
		name: '王检',
		licence: '示例0001',
		licenceValidUntil: '2027-12-31',
		role: 'inspector'
	},
	agency: { id: uuid(3), name: '示例街道安监所', shortName: '示例', mayEnforce: true, isSample: true },
	companions: [{ userId: uuid(4), name: '李检', licence: '示例0002', licenceValidUntil: '2027-12-31' }],
	limits: {
		softAccuracyMetres: 50,
		hardAccuracyMetres: 500,
		softDistanceMetres: 150,
		hardDistanceMetres: 3000
	},
	versions: [
		{
			id: uuid(90),
			checklistId: uuid(91),
			checklistCode: 'restaurant',
			kind: 'site_type',
			target: 'restaurant',
			name: '餐饮店检查表（示例）',
			nameEn: 'Restaurant (sample)',
			version: 1,
			isSample: true,
			source: '示例',
			items: [item(101, 'gas.alarm'), item(102, 'gas.hose'), item(103, 'exit.clear')]
		}
	],
	failedBefore: [],
	closedBefore: [],
	openHazards: [],
	scheme: {
		packId: 'street-base',
		packSha256: sha('a'),
		document: JSON.parse(JSON.stringify(packDocument(loaded.pack))),
		isSample: true
	},
	facts: []
};

export const openHazard = (n: number, more: Partial<OpenHazard> = {}): OpenHazard => ({
	id: uuid(n),
	inspectionId: uuid(500),
	part: '后厨',
	severity: 'general',
	description: '旧隐患',
	legalBasis: null,
	acceptance: null,
	state: 'open',
	deadline: '2026-11-19',
	foundOn: '2026-11-01',
	photos: [],
	rectifications: [],
	...more
});

export const begun = (rechecks: string | null = null): Draft =>
	startDraft({
		id: uuid(10),
		deliveryId: uuid(11),
		userId: uuid(2),
		enterpriseId: uuid(1),
		enterpriseName: '示例餐饮店',
		isTriggered: false,
		rechecks,
		contactName: '周店长',
		contactPhone: null,
		clockOffsetMilliseconds: 0,
		at
	});

export const itemsHere = visit.itemsOf(visit.checklistOf(begun(), bundle));
export const photo = (letter: string) => ({
	sha256: sha(letter),
	bytes: 10,
	mediaType: 'image/jpeg' as const,
	takenAt: at,
	position: null
});
const start = (n: number) => ({ id: uuid(n), position: door, at });

export const checkedIn = (draft = begun()): Draft =>
	visit.checkIn(draft, { at, position: door, distanceMetres: 18, reason: null });
/** The gas alarm failed, the rest passed. */
export const answered = (): Draft =>
	visit.passRemaining(
		visit.fail(checkedIn(), itemsHere[0]!, start(20)),
		itemsHere.map(({ id }) => id)
	);
export const signed = (draft: Draft = answered()): Draft => {
	const read = visit.readResult(visit.setDelivery(draft, true));
	return visit.signInspector(visit.signOnSite(read, { signature: drawn }, at), drawn, at);
};
