import { readFileSync } from 'node:fs';
import { loadPack, parsePack, type Fact, type Pack, type PackDocument } from '#scoring';

const packText = (id: string): string =>
	readFileSync(new URL(`../../../scoring/packs/${id}.yaml`, import.meta.url), 'utf8');

export const streetBaseText = packText('street-base');

export function parsed(text: string): Pack {
	const outcome = parsePack(text);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
	return outcome.pack;
}

/** A pack of `scoring/packs`. */
export const shipped = (id: string): Pack => parsed(packText(id));

export const streetBase = parsed(streetBaseText);

export function loaded(document: PackDocument): Pack {
	const outcome = loadPack(document);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
	return outcome.pack;
}

const colour = { light: '#000000', dark: '#FFFFFF' };

/** The smallest ladder: any number of points between 0.01 and 50 by a person's opinion; up 3 / 6 / 12. */
export const ladderUp: PackDocument = {
	format: 'mingcha.pack/1',
	id: 'ladder-up',
	version: '1',
	name: '测试阶梯',
	issuer: '测试',
	source: '测试',
	is_sample: true,
	basis: [{ text: '测试', from: '2020-01-01' }],
	valid: { from: '2020-01-01' },
	subject: 'enterprise',
	direction: 'up',
	start: 0,
	floor: 0,
	ceiling: null,
	cycle: { kind: 'calendar_year', at_end: '清零' },
	decides: { proposes: '测试', confirms: '测试', people: 1 },
	evaluated_by: ['inspection.completed'],
	aspects: [{ key: 'all', name: '全部' }],
	clauses: [
		{
			code: '1',
			aspect: 'all',
			text: '由人决定的记分',
			points: { min: 0.01, max: 50 },
			matches: [{ kind: 'opinion' }],
			is_sample: true
		},
		{
			code: '2',
			aspect: 'all',
			kind: 'credit',
			text: '由人决定的加分',
			points: { min: 0.01, max: 50 },
			matches: [{ kind: 'bonus' }],
			is_sample: true
		}
	],
	bands: [
		{ key: 'normal', name: '正常', level: 'normal', from: 0, below: 3, shape: 'circle', colour },
		{ key: 'warning', name: '预警', level: 'warning', from: 3, below: 6, shape: 'triangle', colour },
		{ key: 'focus', name: '重点', level: 'focus', from: 6, below: 12, shape: 'diamond', colour },
		{ key: 'highest', name: '最高', level: 'highest', from: 12, below: null, shape: 'square', colour }
	]
};

/** The same, from 12 downwards and back up, never outside 0 to 12. */
export const ladderDown: PackDocument = {
	...ladderUp,
	id: 'ladder-down',
	direction: 'down',
	start: 12,
	ceiling: 12,
	bands: [
		{ key: 'normal', name: '正常', level: 'normal', from: 9, below: null, shape: 'circle', colour },
		{ key: 'warning', name: '预警', level: 'warning', from: 6, below: 9, shape: 'triangle', colour },
		{ key: 'focus', name: '重点', level: 'focus', from: 0, below: 6, shape: 'diamond', colour }
	]
};

let counter = 0;

/** A fact of one enterprise, recorded at noon of its day unless said otherwise. */
export function fact(
	kind: string,
	occurredOn: string,
	data: Fact['data'] = {},
	more: Partial<Fact> = {}
): Fact {
	const id = `fact-${String(++counter).padStart(4, '0')}`;
	const recordedAt = `${occurredOn}T12:00:00+08:00`;
	return { id, subject: '示例餐饮店', kind, occurredOn, recordedAt, data, ...more };
}

export const found = (day: string, data: Fact['data'] = {}): Fact =>
	fact('hazard.found', day, { severity: 'general', measure: 'deadline', recurrence: false, ...data });

export const opinion = (day: string, points: number): Fact => fact('opinion', day, { points });
