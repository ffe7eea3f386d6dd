import { distinct, stem } from './names.ts';
import { createRandom } from './random.ts';

/** How much of everything one street gets. */
export interface StreetPlan {
	/** 9 digits; the prefix 990101 belongs to no place. */
	code: string;
	name: string;
	/** Its block in the grid from which the communities are grown: `columns` × `rows` communities. */
	column: number;
	row: number;
	columns: number;
	rows: number;
	communityNames: string[];
	enterprises: number;
	/** Of those, how many were checked at least once. */
	inspected: number;
	/** Checks other than rechecks, in all of the history. */
	checks: number;
	/** Visits that could not become a check (无法检查). */
	vainVisits: number;
	/** Community workers' visits (track C). */
	communityVisits: number;
	inspectors: number;
	licensedInspectors: number;
	communityWorkers: number;
	/** What stands open on the last day, as the first screen shows it. */
	overdueSites: number;
	overdueHazards: number;
	longestOverdueDays: number;
	openMajors: number;
	/** Checks of the last 30 days on top of the even spread: a campaign (专项检查). */
	campaignChecks: number;
}

export interface Scale {
	district: { code: string; name: string };
	historyDays: number;
	/** Mean distance between the middles of two communities. */
	communitySpacingMetres: number;
	/** Enterprises of the first street whose position lies in no area: they stand in the queue. */
	outsideEnterprises: number;
	streets: StreetPlan[];
}

export type ScaleName = 'street' | 'district';

const firstCommunities = [
	'云溪社区',
	'青禾社区',
	'望桥社区',
	'棠湾社区',
	'榆岸社区',
	'竹坞社区',
	'晴川社区',
	'梨浦社区',
	'芦汀社区',
	'槐塘社区',
	'穗岭社区',
	'砚泉社区'
];

const firstStreet: StreetPlan = {
	code: '990101001',
	name: '示例街道',
	column: 0,
	row: 0,
	columns: 4,
	rows: 3,
	communityNames: firstCommunities,
	enterprises: 1_200,
	inspected: 812,
	checks: 1_570,
	vainVisits: 110,
	communityVisits: 130,
	inspectors: 12,
	licensedInspectors: 8,
	communityWorkers: 8,
	overdueSites: 9,
	overdueHazards: 14,
	longestOverdueDays: 23,
	openMajors: 2,
	campaignChecks: 34
};

/** Small, with people of its own: what happens here is nobody's business in the first street. */
const secondStreet: StreetPlan = {
	...firstStreet,
	code: '990101002',
	name: '示范街道二',
	column: 4,
	row: 0,
	columns: 2,
	rows: 2,
	communityNames: ['桐谷社区', '荻洲社区', '葵圃社区', '萱桥社区'],
	enterprises: 80,
	inspected: 50,
	checks: 90,
	vainVisits: 6,
	communityVisits: 8,
	inspectors: 3,
	licensedInspectors: 2,
	communityWorkers: 1,
	overdueSites: 1,
	overdueHazards: 2,
	longestOverdueDays: 6,
	openMajors: 0,
	campaignChecks: 3
};

/** Ten streets of the first one's size, in rows of three. */
function districtStreets(): StreetPlan[] {
	const random = createRandom(990101);
	const taken = new Set(firstCommunities);
	return Array.from({ length: 10 }, (_, index) => ({
		...firstStreet,
		code: String(990_101_001 + index),
		name: index === 0 ? firstStreet.name : `示例街道${'一二三四五六七八九十'[index]}`,
		column: (index % 3) * firstStreet.columns,
		row: Math.floor(index / 3) * firstStreet.rows,
		communityNames:
			index === 0
				? firstCommunities
				: firstCommunities.map(() => distinct(taken, () => `${stem(random)}社区`))
	}));
}

export function scaleOf(name: ScaleName): Scale {
	const common = {
		district: { code: '990101', name: '示例区' },
		historyDays: 730,
		communitySpacingMetres: 1_050,
		outsideEnterprises: 6
	};
	return { ...common, streets: name === 'street' ? [firstStreet, secondStreet] : districtStreets() };
}
