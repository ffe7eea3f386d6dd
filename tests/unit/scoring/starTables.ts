import { existsSync, readFileSync } from 'node:fs';
import { loadPack, type Pack, type PackDocument } from '#scoring';

const file = new URL('../../../../shared/data/star-scoring/checklists.json', import.meta.url);

/** The tables are not ours to pass on: whoever has the folder can try them. */
export const hasStarTables = existsSync(file);

interface Row {
	key: number;
	type: 'first_title' | 'title' | 'total';
	content: string;
	score?: string;
	demand?: string;
	scored?: string;
}

interface Item {
	code: string;
	section: number;
	text: string;
	rule: string;
	points: number;
	isBonus: boolean;
}

export interface StarTable {
	name: string;
	pack: Pack;
	items: Item[];
}

const bonusSection = /加分|附加/;

/** Items of a table with the section they stand in; the score is written as 5分. */
function itemsOf(rows: readonly Row[]): { sections: string[]; items: Item[] } {
	const sections: string[] = [];
	const items: Item[] = [];
	for (const { key, type, content, score, demand, scored } of rows) {
		if (type === 'first_title') sections.push(content);
		if (type !== 'title') continue;
		const points = Number(/^(\d+(?:\.\d+)?)分$/.exec(score ?? '')?.[1] ?? Number.NaN);
		items.push({
			code: String(key),
			section: sections.length - 1,
			text: `${content} ${demand ?? ''}`.trim().slice(0, 500),
			rule: (scored ?? '').trim().slice(0, 500) || content,
			points,
			isBonus: bonusSection.test(sections.at(-1)!)
		});
	}
	return { sections, items };
}

const colour = { light: '#000000', dark: '#FFFFFF' };

function packOf(id: string, { sections, items }: ReturnType<typeof itemsOf>): PackDocument {
	const sum = (isBonus: boolean) =>
		items.reduce((total, item) => total + (item.isBonus === isBonus ? item.points : 0), 0);
	const [start, bonus] = [sum(false), sum(true)];
	const half = start / 2;
	return {
		format: 'mingcha.pack/1',
		id,
		version: '1',
		name: `${sections[0]}`,
		issuer: '杭州市某街道',
		source: '街道安全生产责任制“星级”评分表',
		is_sample: false,
		basis: [{ text: '评分表', from: '2020-01-01' }],
		valid: { from: '2020-01-01' },
		subject: 'enterprise',
		direction: 'down',
		start,
		floor: 0,
		ceiling: start + bonus,
		cycle: { kind: 'per_inspection', by: 'inspectionId', at_end: '每次评分另立一户' },
		decides: { proposes: '评分人（示例）', confirms: '街道（示例）', people: 1, is_sample: true },
		evaluated_by: ['inspection.completed'],
		aspects: sections
			.map((name, index) => ({ key: `s${index}`, name: name.slice(0, 40) }))
			.filter((_, index) => items.some(({ section }) => section === index)),
		clauses: items.map(({ code, section, text, rule, points, isBonus }) => ({
			code,
			aspect: `s${section}`,
			kind: isBonus ? ('credit' as const) : ('charge' as const),
			text,
			points: { min: 0.01, max: points },
			cap: points,
			matches: [{ kind: isBonus ? 'item.rewarded' : 'item.deducted', where: { item: code } }],
			is_sample: false,
			source: rule
		})),
		bands: [
			{
				key: 'better',
				name: '半数以上',
				level: 'normal',
				from: half,
				below: null,
				shape: 'circle',
				colour,
				is_sample: true
			},
			{
				key: 'worse',
				name: '不到半数',
				level: 'highest',
				from: 0,
				below: half,
				shape: 'square',
				colour,
				is_sample: true
			}
		]
	};
}

/** Every scoring table of the folder as a pack, built where it is read: nothing of it is kept. */
export function starTables(): StarTable[] {
	const lists = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { itemList?: Row[] }[]>;
	return Object.entries(lists).flatMap(([name, parts]) => {
		const rows = parts.flatMap(({ itemList }) => itemList ?? []);
		if (!rows.some(({ score }) => score)) return [];
		const read = itemsOf(rows);
		const id = `star-hangzhou-${name.toLowerCase().replaceAll('_', '-')}`;
		const outcome = loadPack(packOf(id, read));
		if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.problems[0])}`);
		return [{ name, pack: outcome.pack, items: read.items }];
	});
}
