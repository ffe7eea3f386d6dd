/** What a program's key opens: what it names, below its area, until its day; decided by the database alone. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey, hashKey, readApiKeys, revokeApiKey } from '#lib/interop/apiKey.server.ts';
import { newKeySchema, type CollectionId } from '#lib/interop/apiKey.ts';
import { readCollections, readFeature, readFeatures } from '#lib/interop/features.server.ts';
import type { FeatureQuery } from '#lib/interop/ogcQuery.ts';
import { ids } from '../record/street.ts';
import { liveADay, makeNeighbourhood, shopId, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
let street: string;
const everything: FeatureQuery = { limit: 100, boxes: [], from: null, to: null, after: null };

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
	await opened.setClock('2026-11-20T06:00:00Z');
	await liveADay(opened, place, new Date('2026-11-20T05:30:00Z'));
	await opened.sql(
		`update public.area_versions set boundary = extensions.st_geomfromtext('MULTIPOLYGON(((121 31,121.01 31,121.01 31.01,121 31.01,121 31)))', 4326) where scope = '00010001'`
	);
	street = await made(place.gao, {});
});
afterAll(() => opened.close());

const wanted = (more: object) =>
	newKeySchema.parse({
		scope: '0001',
		name: '区应急平台',
		collections: ['enterprises', 'hazards', 'areas'],
		expiresOn: '2026-12-31',
		...more
	});
const create = async (person: Person, more: object = {}) => {
	const key = await createApiKey(place.as(person), wanted(more));
	return key.ok ? key.value : key.problem.code;
};
const made = async (person: Person, more: object) => {
	const key = await create(person, more);
	if (!key.startsWith('mck_')) throw new Error(`got ${key}, expected a key`);
	return key;
};
const features = async (key: string, collection: CollectionId, more: Partial<FeatureQuery> = {}) =>
	readFeatures(opened.backend, hashKey(key), collection, { ...everything, ...more });
const read = async (key: string, collection: CollectionId, more: Partial<FeatureQuery> = {}) => {
	const page = await features(key, collection, more);
	if (!page.ok) throw new Error(`got ${page.problem.code}, expected features`);
	return page.value;
};
const idsOf = (page: { features: { id: string }[] }) => page.features.map(({ id }) => id).sort();

describe('refused', () => {
	test('to make a key: who does not administer the area', async () => {
		for (const person of [place.wang, place.lin, place.chen, place.qian, place.sun, place.wu])
			expect(await create(person)).toBe('permission.role');
		expect(await create(place.gao, { scope: '0002' })).toBe('permission.role');
		expect(await create(place.gao, { scope: '' })).toBe('permission.role');
	});

	test('to make one without an end, or with one past or far', async () => {
		for (const expiresOn of ['2026-11-19', '2029-01-01'])
			expect(await create(place.gao, { expiresOn })).toBe('request.invalid');
	});

	test('to see or revoke those of others', async () => {
		for (const person of [place.wang, place.lin, place.sun, place.qian]) {
			expect(await readApiKeys(place.as(person))).toEqual([]);
			const [key] = await readApiKeys(place.as(place.gao));
			expect(await revokeApiKey(place.as(person), key!.id)).toMatchObject({ problem: { code: 'not_found' } });
		}
		expect(await features(street, 'areas')).toMatchObject({ ok: true });
	});

	test('to anybody: the hash of a key', async () => {
		const { error } = await place.as(place.gao).from('api_keys').select('key_sha256');
		expect(error?.code).toBe('42501');
		expect(JSON.stringify(await readApiKeys(place.as(place.gao)))).not.toContain(hashKey(street));
	});

	test('to people: the questions of programs, also with a key that counts', async () => {
		for (const client of [place.as(place.gao), opened.backend.asAnonymous()]) {
			const asked = await (client as unknown as SupabaseClient).rpc('api_features', {
				p_key_sha256: hashKey(street),
				p_collection: 'enterprises',
				p_query: {}
			});
			expect(asked.error?.code).toBe('42501');
		}
	});

	test('an unknown key, one that is over, one that was revoked', async () => {
		const unknown = { ok: false, problem: { code: 'api_key.unknown' } };
		expect(await features('mck_guess', 'areas')).toEqual(unknown);
		expect(await features('', 'areas')).toEqual(unknown);
		const short = await made(place.gao, { expiresOn: '2026-11-20', name: '今天' });
		expect((await features(short, 'areas')).ok).toBe(true);
		await opened.setClock('2026-11-20T16:30:00Z');
		expect(await features(short, 'areas')).toEqual(unknown);
		expect(await readCollections(opened.backend, hashKey(short))).toEqual(unknown);
		await opened.setClock('2026-11-20T06:00:00Z');
		const lost = await made(place.gao, { name: '丢了' });
		const row = (await readApiKeys(place.as(place.gao))).find(({ name }) => name === '丢了')!;
		expect((await revokeApiKey(place.as(place.gao), row.id)).ok).toBe(true);
		expect(await features(lost, 'areas')).toEqual(unknown);
	});

	test('a collection that the key does not name', async () => {
		const narrow = await made(place.gao, { collections: ['areas'], name: '只要区域' });
		expect(await features(narrow, 'hazards')).toMatchObject({ problem: { code: 'not_found' } });
		const listed = await readCollections(opened.backend, hashKey(narrow));
		expect(listed.ok && listed.value.map(({ id }) => id)).toEqual(['areas']);
	});
});

test('a key opens what lies below its area, and nothing of the street next door', async () => {
	expect(idsOf(await read(street, 'enterprises'))).toEqual([ids.restaurant, ids.tavern].sort());
	const community = await made(place.gao, { scope: '00010001', name: '一个社区' });
	expect(idsOf(await read(community, 'enterprises'))).toEqual([ids.restaurant]);
	expect(await readFeature(opened.backend, hashKey(street), 'enterprises', shopId)).toEqual({
		ok: true,
		value: null
	});
	const hazards = await read(community, 'hazards');
	expect(hazards.features.length).toBeGreaterThan(0);
	for (const { properties } of hazards.features) expect(properties.enterpriseId).toBe(ids.restaurant);
});

test('people are named only by a key that says so', async () => {
	await opened.sql(`update public.enterprises set contact_name = '钱某', contact_phone = '13800000001'`);
	const plain = JSON.stringify([await read(street, 'enterprises'), await read(street, 'hazards')]);
	expect(plain).not.toContain('钱某');
	expect(plain).not.toContain('13800000001');
	expect((await read(street, 'hazards')).features[0]!.properties).not.toHaveProperty('description');
	const full = await made(place.gao, { personalData: 'on', name: '带联系人' });
	expect(JSON.stringify(await read(full, 'enterprises'))).toContain('钱某');
	expect((await read(full, 'hazards')).features[0]!.properties.description).toEqual(expect.any(String));
});

test('pages of any size put together are the whole, each feature once', async () => {
	const whole = idsOf(await read(street, 'hazards'));
	for (const limit of [1, 2, 3]) {
		const found: string[] = [];
		let after: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof read>> = await read(street, 'hazards', { limit, after });
			expect(page.features.length).toBeLessThanOrEqual(limit);
			expect(page.matched).toBe(after === null ? whole.length : null);
			found.push(...idsOf(page));
			after = page.next;
		} while (after !== null);
		expect(found.sort()).toEqual(whole);
	}
});

test('a box and a period leave out what lies outside them, and what has no place or no day', async () => {
	expect(idsOf(await read(street, 'enterprises', { boxes: [[121, 31, 121.0015, 32]] }))).toEqual([
		ids.restaurant
	]);
	expect(
		idsOf(
			await read(street, 'enterprises', {
				boxes: [
					[0, 0, 1, 1],
					[121.0015, 31, 122, 32]
				]
			})
		)
	).toEqual([ids.tavern]);
	expect(idsOf(await read(street, 'areas', { boxes: [[121.001, 31.001, 121.002, 31.002]] }))).toHaveLength(1);
	expect(idsOf(await read(street, 'hazards', { from: '2026-11-21', to: null })).length).toBeGreaterThan(0);
	expect(idsOf(await read(street, 'hazards', { from: null, to: '2026-11-19' }))).toEqual([]);
	expect(idsOf(await read(street, 'enterprises', { from: '2026-11-20', to: '2026-11-20' }))).toHaveLength(2);
	expect(idsOf(await read(street, 'enterprises', { from: '2026-11-21', to: null }))).toEqual([]);
});

test('making, using and revoking a key is on record, without the key', async () => {
	const rows = await opened.sql<{ action: string; details: object }>(
		`select action, details from public.audit_log where action like 'api_key.%' order by id`
	);
	expect(new Set(rows.map(({ action }) => action))).toEqual(
		new Set(['api_key.create', 'api_key.use', 'api_key.revoke'])
	);
	expect(JSON.stringify(rows)).not.toContain('mck_');
	const [used] = (await readApiKeys(place.as(place.gao))).filter(({ name }) => name === '区应急平台');
	expect(used!.lastUsedAt).not.toBeNull();
});
