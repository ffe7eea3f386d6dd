import { expect, test } from 'vitest';
import {
	checklistFileSchema,
	checklistVersionOf,
	composeChecklist,
	itemCauses,
	type ChecklistVersion
} from '#lib/checklist/checklist.ts';
import { hazardCauses } from '#lib/hazard/hazard.ts';

const item = (code: string, part: string, text = `看 ${code}`) => ({
	code,
	part,
	text,
	hazard: `${code} 不合格`,
	acceptance: `${code} 合格`,
	cause: 'object',
	days: 7
});

const file = (overrides: Record<string, unknown>) => ({
	code: 'common',
	kind: 'common',
	target: null,
	name: '通用（示例）',
	name_en: 'Common (sample)',
	version: 1,
	is_sample: true,
	source: '自编示例',
	items: [item('common.exit', '消防'), item('common.wiring', '用电')],
	...overrides
});

const version = (overrides: Record<string, unknown> = {}): ChecklistVersion =>
	checklistVersionOf(checklistFileSchema.parse(file(overrides)));

const common = version();
const restaurant = version({
	code: 'restaurant',
	kind: 'site_type',
	target: 'restaurant',
	items: [
		item('gas.alarm', '厨房', '厨房报警器'),
		item('restaurant.hose', '厨房'),
		item('restaurant.sign', '消防')
	]
});
const lodging = version({ code: 'lodging', kind: 'site_type', target: 'lodging' });
const gas = version({
	code: 'gas',
	kind: 'risk_tag',
	target: 'gas',
	items: [item('gas.alarm', '用气处', '报警器'), item('gas.valve', '用气处')]
});
const versions = [gas, lodging, restaurant, common];

const compose = (overrides: Partial<Parameters<typeof composeChecklist>[0]> = {}) =>
	composeChecklist({ siteType: 'restaurant', tags: [], versions, failedBefore: new Set(), ...overrides });
const outline = (composed: ReturnType<typeof compose>) =>
	composed.sections.map(({ part, items }) => [part, ...items.map(({ code }) => code)]);

test('a restaurant is asked the common items and its own, part by part; the lodging list stays away', () => {
	const composed = compose();
	expect(outline(composed)).toEqual([
		['消防', 'common.exit', 'restaurant.sign'],
		['用电', 'common.wiring'],
		['厨房', 'gas.alarm', 'restaurant.hose']
	]);
	expect(composed.versionIds).toEqual([common.id, restaurant.id]);
});

test('a risk tag adds its items, and what the site type already asks is asked once', () => {
	const composed = compose({ tags: ['gas', 'gas'] });
	expect(outline(composed).slice(2)).toEqual([
		['厨房', 'gas.alarm', 'restaurant.hose'],
		['用气处', 'gas.valve']
	]);
	expect(composed.versionIds).toEqual([common.id, restaurant.id, gas.id]);
});

test('what failed here before comes first in its part and is marked', () => {
	const composed = compose({ failedBefore: new Set(['restaurant.hose', 'lodging.never-asked']) });
	expect(outline(composed).at(-1)).toEqual(['厨房', 'restaurant.hose', 'gas.alarm']);
	expect(composed.sections.flatMap(({ items }) => items.filter((one) => one.failedBefore))).toMatchObject([
		{ code: 'restaurant.hose', versionId: restaurant.id }
	]);
});

test('a kind of site without a list of its own still gets the common items', () => {
	expect(outline(compose({ siteType: 'observatory', tags: ['unknown'] }))).toEqual([
		['消防', 'common.exit'],
		['用电', 'common.wiring']
	]);
});

test('two versions of one checklist are a mistake of the caller, not a longer list', () => {
	expect(() => compose({ versions: [...versions, version({ version: 2 })] })).toThrow(/common twice/);
});

test('ids follow from the codes: the same file gives the same ids, a new version new ones', () => {
	expect(version().items.map(({ id }) => id)).toEqual(common.items.map(({ id }) => id));
	expect(version({ version: 2 }).checklistId).toBe(common.checklistId);
	expect(version({ version: 2 }).items[0]!.id).not.toBe(common.items[0]!.id);
});

test.each([
	['an item code that stands twice', { items: [item('a.b', '消防'), item('a.b', '用电')] }],
	['a default severity of 重大', { items: [{ ...item('a.b', '消防'), severity: 'major' }] }],
	['a common list with a target', { target: 'restaurant' }],
	['a list of a tag without one', { kind: 'risk_tag' }],
	['a list without a source', { source: '' }],
	['a deadline of no days', { items: [{ ...item('a.b', '消防'), days: 0 }] }]
])('a file with %s is refused', (_, overrides) => {
	expect(checklistFileSchema.safeParse(file(overrides)).success).toBe(false);
});

test('causes are those of hazards', () => {
	expect(itemCauses).toEqual(hazardCauses);
});
