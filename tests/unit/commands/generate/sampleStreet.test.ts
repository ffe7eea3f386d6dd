import { booleanPointInPolygon } from '@turf/turf';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, shanghaiDate } from '#lib/calendar.ts';
import { readCreditCode } from '#lib/enterprise/register/creditCode.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import { isEmptySignature } from '#lib/inspection/inspection.ts';
import { inspectionContentSchema } from '#lib/record/content.ts';
import { sampleStreet } from '../../../../src/commands/generate/sampleStreet.ts';
import type { SampleInspection } from '../../../../src/commands/generate/sealing.ts';
import { dictionaryOf, readSeedLibrary } from '../../../../src/commands/generate/seedFiles.ts';

const library = readSeedLibrary();
const until = '2026-11-22';
const make = (seed = 1) => sampleStreet({ seed, until, scale: 'street', library });
const sample = make();
const history = [...sample.history()];
const firstStreet = '990101001';
const first = history.filter(({ streetCode }) => streetCode === firstStreet);
const isCheck = ({ content, track }: SampleInspection) => content.notChecked === null && track !== 'C';

interface HazardLife {
	hazard: Hazard;
	enterpriseId: string;
	inspectionId: string;
	foundOn: string;
	deadline: string | null;
	closedOn: string | null;
	isReported: boolean;
}

/** Replays a history as the database will, refusing what the seal would refuse. */
function replay(inspections: SampleInspection[]): HazardLife[] {
	const lives = new Map<string, HazardLife>();
	for (const { content, track } of inspections) {
		const day = shanghaiDate(content.checkIn.at);
		for (const hazard of content.hazards) {
			expect(lives.has(hazard.id)).toBe(false);
			lives.set(hazard.id, {
				hazard,
				enterpriseId: content.enterprise.id,
				inspectionId: content.id,
				foundOn: day,
				deadline: hazard.deadline,
				closedOn: hazard.measure === 'on_spot' ? day : null,
				isReported: track === 'C'
			});
		}
		for (const { hazardId, passed, newDeadline } of content.verdicts) {
			const life = lives.get(hazardId)!;
			expect(life).toMatchObject({ closedOn: null, isReported: false });
			expect([life.enterpriseId, life.inspectionId]).toEqual([content.enterprise.id, content.rechecks]);
			expect(life.deadline! <= day, `${day} is before the deadline ${life.deadline}`).toBe(true);
			if (passed) life.closedOn = day;
			else life.deadline = newDeadline;
		}
	}
	return [...lives.values()];
}

describe('the enterprises', () => {
	const inside = sample.enterprises.filter(({ communityCode }) => communityCode !== null);

	test('1,200 stand in 示例街道, some next door, a handful outside every area', () => {
		expect(inside.filter(({ streetCode }) => streetCode === firstStreet)).toHaveLength(1_200);
		expect(sample.enterprises.length - inside.length).toBe(6);
		expect(new Set(inside.map(({ siteType }) => siteType)).size).toBe(20);
	});

	test('each lies in exactly the community it names, those of the queue in none', () => {
		const communities = sample.areas.filter(({ level }) => level === 'community');
		for (const { longitude, latitude, communityCode } of sample.enterprises) {
			const homes = communities.filter(({ geometry }) =>
				booleanPointInPolygon([longitude, latitude], geometry)
			);
			expect(homes.map(({ officialCode }) => officialCode)).toEqual(communityCode ? [communityCode] : []);
		}
	});

	test('no two share a name, an address or a credit code', () => {
		for (const key of ['name', 'address', 'creditCode'] as const) {
			const values = sample.enterprises
				.map((enterprise) => enterprise[key])
				.filter((value) => value !== null);
			expect(new Set(values).size, key).toBe(values.length);
		}
	});

	test('credit codes are of no region and check out; those without one say why', () => {
		for (const { creditCode, creditCodeAbsence } of sample.enterprises) {
			if (creditCode === null) expect(creditCodeAbsence).toMatch(/.{4,}/);
			else {
				expect(creditCode.slice(2, 8)).toBe('000000');
				expect(readCreditCode(creditCode)).toEqual({ ok: true, value: creditCode });
				expect(creditCodeAbsence).toBeNull();
			}
		}
		expect(sample.enterprises.some(({ creditCode }) => creditCode === null)).toBe(true);
	});

	test('a few people lead two firms, and every telephone number is one that nobody was given', () => {
		const firms = Map.groupBy(sample.enterprises, ({ principal }) => principal.id);
		const doubles = [...firms.values()].filter((owned) => owned.length > 1);
		expect(doubles.length).toBeGreaterThan(5);
		expect(doubles.length).toBeLessThan(60);
		for (const { contactPhone, principal } of sample.enterprises) {
			expect(contactPhone + principal.phone).toMatch(/^(1990000\d{4}){2}$/);
		}
	});

	test('kinds and tags are those of the dictionary', () => {
		const kinds = new Set(library.siteTypes.map(({ code }) => code));
		const tags = new Set(library.riskTags.map(({ code }) => code));
		expect(sample.enterprises.filter(({ siteType }) => !kinds.has(siteType))).toEqual([]);
		expect(sample.enterprises.flatMap((one) => one.tags).filter((tag) => !tags.has(tag))).toEqual([]);
	});
});

describe('the history', () => {
	test('every content is one that a phone could have sent', () => {
		for (const { content } of history) {
			const parsed = inspectionContentSchema.safeParse(content);
			expect(parsed.error?.issues ?? []).toEqual([]);
			expect(parsed.data).toEqual(content);
		}
	});

	test('it is in order of sealing, ends before the day it is looked at, and no clock runs ahead', () => {
		let previous = '';
		for (const { content, sealedAt } of history) {
			expect(sealedAt > previous).toBe(true);
			previous = sealedAt;
			const times = [
				content.checkIn.at,
				content.onSite?.at,
				content.inspector.at,
				content.device.endedAt,
				sealedAt
			];
			const known = times.filter((time) => time !== undefined);
			expect(known.toSorted()).toEqual(known);
		}
		expect(shanghaiDate(history[0]!.sealedAt) >= addDays(until, -730)).toBe(true);
		expect(shanghaiDate(previous) < until).toBe(true);
	});

	test('nobody is at two places at once', () => {
		const busyUntil = new Map<string, string>();
		for (const { content } of history.toSorted((a, b) =>
			a.content.checkIn.at.localeCompare(b.content.checkIn.at)
		)) {
			const { userId } = content.inspector;
			expect((busyUntil.get(userId) ?? '') <= content.checkIn.at).toBe(true);
			busyUntil.set(userId, content.device.endedAt);
		}
	});

	test('people act where they may: inspectors in their street, community workers in their community', () => {
		const people = new Map(sample.people.map((person) => [person.id, person]));
		for (const { content, cosignature, track, streetCode, communityCode } of history) {
			const inspector = people.get(content.inspector.userId)!;
			expect(content.inspector.name).toBe(inspector.name);
			expect(inspector.areaCode).toBe(track === 'C' ? communityCode : streetCode);
			expect(inspector.role).toBe(track === 'C' ? 'community_worker' : 'inspector');
			expect(cosignature?.userId ?? null).toBe(content.companionId);
			expect(content.companionId).not.toBe(inspector.id);
			const licences = [content.inspector.licence, cosignature?.licence ?? null];
			if (track === 'A') expect([...licences, content.electronicDelivery]).not.toContain(null);
			if (track === 'C') expect(content.verdicts).toEqual([]);
		}
		expect(new Set(history.map(({ track }) => track))).toEqual(new Set(['A', 'B', 'C']));
	});

	test('nobody signs with an empty drawing', () => {
		for (const { content, cosignature } of history) {
			const drawn = [content.inspector.signature, cosignature?.signature];
			if (content.onSite?.outcome === 'signed') drawn.push(content.onSite.signature);
			expect(drawn.filter((strokes) => strokes && isEmptySignature(strokes))).toEqual([]);
		}
	});

	test('every failed answer has its hazard and every item is of a version that is named', () => {
		const versionOf = new Map(
			library.versions.flatMap(({ id, items }) => items.map((item) => [item.id, id]))
		);
		for (const { content } of history) {
			const failed = content.answers.filter(({ answer }) => answer === 'fail').map(({ itemId }) => itemId);
			expect(new Set(content.hazards.map(({ itemId }) => itemId))).toEqual(new Set(failed));
			const named = new Set(content.checklistVersionIds);
			expect(content.answers.every(({ itemId }) => named.has(versionOf.get(itemId)!))).toBe(true);
		}
	});

	test('no place is checked more than four times in the two years, rechecks apart', () => {
		const checks = first.filter((one) => isCheck(one) && one.content.kind !== 'recheck');
		const perPlace = Map.groupBy(checks, ({ content }) => content.enterprise.id);
		expect(Math.max(...[...perPlace.values()].map((visits) => visits.length))).toBeLessThanOrEqual(5);
	});
});

describe('what the leader of 示例街道 sees on the last day', () => {
	const lives = replay(first);
	const open = lives.filter(({ closedOn }) => closedOn === null);
	const overdue = open.filter(({ deadline }) => deadline! < until);

	test('812 of 1,200 were checked', () => {
		const checked = new Set(first.filter(isCheck).map(({ content }) => content.enterprise.id));
		expect(checked.size).toBe(812);
	});

	test('about 2,500 visits, about 86 hazards open, two of them 重大', () => {
		expect(first.length).toBeGreaterThan(2_300);
		expect(first.length).toBeLessThan(2_900);
		expect(open.length).toBeGreaterThan(65);
		expect(open.length).toBeLessThan(110);
		expect(open.filter(({ hazard }) => hazard.severity === 'major')).toHaveLength(2);
	});

	test('14 overdue at 9 places, the longest 23 days', () => {
		expect(overdue).toHaveLength(14);
		expect(new Set(overdue.map(({ enterpriseId }) => enterpriseId)).size).toBe(9);
		expect(Math.max(...overdue.map(({ deadline }) => daysBetween(deadline!, until)))).toBe(23);
	});

	test('most orders were met in time, some hazards came back, some were put right on the spot', () => {
		const due = lives.filter(({ hazard }) => hazard.deadline !== null && hazard.deadline < until);
		const inTime = due.filter(({ closedOn, hazard }) => closedOn !== null && closedOn <= hazard.deadline!);
		expect(inTime.length / due.length).toBeGreaterThan(0.7);
		expect(inTime.length / due.length).toBeLessThan(0.95);
		expect(lives.filter(({ hazard }) => hazard.measure === 'on_spot').length).toBeGreaterThan(80);
		expect(first.some(({ content }) => content.verdicts.some(({ passed }) => !passed))).toBe(true);
	});

	test('reports of community workers wait for a street inspector', () => {
		expect(open.filter(({ isReported }) => isReported).length).toBeGreaterThan(2);
	});

	test('communities differ, and not only because one is checked more', () => {
		const found = Map.groupBy(first.filter(isCheck), ({ communityCode }) => communityCode);
		const rates = [...found.values()].map(
			(visits) => visits.reduce((sum, { content }) => sum + content.hazards.length, 0) / visits.length
		);
		expect(rates).toHaveLength(12);
		expect(Math.max(...rates) / Math.min(...rates)).toBeGreaterThan(1.8);
	});
});

describe('accounts', () => {
	const accounts = sample.people.filter(({ isSampleAccount }) => isSampleAccount);

	test('there is one for every role, two inspectors with a licence, one without, and a neighbour', () => {
		expect(accounts.map(({ email, role, licence }) => [email.split('@')[0], role, licence !== null])).toEqual(
			[
				['admin', 'administrator', false],
				['leader', 'leader', false],
				['inspector1', 'inspector', true],
				['inspector2', 'inspector', true],
				['inspector9', 'inspector', false],
				['worker1', 'community_worker', false],
				['neighbour', 'inspector', true],
				['principal', 'principal', false]
			]
		);
		expect(sample.people.every(({ email }) => email.endsWith('@example.test'))).toBe(true);
	});

	test('the principal leads a restaurant that has something to put right', () => {
		const { enterpriseId, name } = accounts.at(-1)!;
		const owned = sample.enterprises.find(({ id }) => id === enterpriseId)!;
		expect([owned.siteType, owned.principal.name]).toEqual(['restaurant', name]);
		const open = replay(first).filter((life) => life.enterpriseId === enterpriseId && life.closedOn === null);
		expect(open.length).toBeGreaterThan(0);
	});

	test('ids given by the sign-in service stand in the signatures', () => {
		const id = '0190a5e0-0000-7000-8000-000000000001';
		const userIds = new Map([['inspector1@example.test', id]]);
		const known = sampleStreet({ seed: 1, until, scale: 'street', library, userIds });
		expect([...known.history()].some(({ content }) => content.inspector.userId === id)).toBe(true);
	});
});

test('the same seed gives the same sample, read once or twice; another seed another one', () => {
	const again = make();
	expect(JSON.stringify([again.areas, again.people, again.enterprises])).toBe(
		JSON.stringify([sample.areas, sample.people, sample.enterprises])
	);
	expect([...again.history()]).toEqual(history);
	expect([...sample.history()].length).toBe(history.length);
	expect(make(2).enterprises[0]!.name).not.toBe(sample.enterprises[0]!.name);
});

test('the dictionary has what the backend asks for', () => {
	const dictionary = dictionaryOf(library, '2024-01-01');
	expect(dictionary.siteTypes[0]).toMatchObject({
		code: 'restaurant',
		nameZh: '餐饮店',
		nameEn: 'Restaurant'
	});
	const restaurant = dictionary.checklists.find(({ code }) => code === 'restaurant')!;
	expect(restaurant).toMatchObject({ siteType: 'restaurant', riskTag: null, version: 1, isSample: true });
	expect(restaurant.items[0]).toMatchObject({ code: 'gas.alarm', daysToRectify: 7, cause: 'object' });
});
