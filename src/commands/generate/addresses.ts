import { bbox, booleanPointInPolygon } from '@turf/turf';
import type { BBox } from 'geojson';
import { distinct, stem } from './names.ts';
import type { Random } from './random.ts';
import { toPosition, type Metres, type SampleArea } from './territory.ts';

/** A door on a road. */
export interface Address {
	text: string;
	position: [longitude: number, latitude: number];
	/** For nearness only. */
	at: Metres;
}

const roadSpacingMetres = 420;
const doorSpacingMetres = 26;
/** Half the width of a road: doors stand on either side. */
const setbackMetres = 14;
/** How far beyond the middle roads are drawn, per area of the widest side. */
const reachPerArea = 700;

/** Doors along one gently bent road; even numbers on one side, odd ones on the other. */
function doorsOf(
	name: string,
	along: 'east' | 'north',
	offset: number,
	reach: number,
	random: Random
): Address[] {
	const [amplitude, wavelength, phase] = [
		random.between(40, 130),
		random.between(1_800, 4_200),
		random.between(0, 6.28)
	];
	const doors: Address[] = [];
	for (let step = 0, distance = -reach; distance <= reach; step++, distance += doorSpacingMetres) {
		const bent = offset + amplitude * Math.sin((distance / wavelength) * 2 * Math.PI + phase);
		for (const side of [0, 1]) {
			const away = bent + (side === 0 ? 1 : -1) * (setbackMetres + random.between(0, 10));
			const on = distance + random.between(-8, 8);
			const at: Metres = along === 'east' ? [on, away] : [away, on];
			doors.push({ text: `${name}${step * 2 + 1 + side}号`, position: toPosition(at), at });
		}
	}
	return doors;
}

function allDoors(communities: number, random: Random): Address[] {
	const reach = Math.sqrt(communities) * reachPerArea + 1_500;
	const taken = new Set<string>();
	const doors: Address[] = [];
	for (let offset = -reach; offset <= reach; offset += roadSpacingMetres) {
		for (const along of ['east', 'north'] as const) {
			const name = distinct(taken, () => stem(random) + (along === 'east' ? '路' : '街'));
			doors.push(...doorsOf(name, along, offset + random.between(-70, 70), reach, random));
		}
	}
	return random.shuffled(doors);
}

const within = ([west, south, east, north]: BBox, [longitude, latitude]: Address['position']) =>
	longitude >= west && longitude <= east && latitude >= south && latitude <= north;

export interface AddressBook {
	/** Doors of each community by its code, in random order. */
	byCommunity: Map<string, Address[]>;
	/** Doors near by that lie in no area. */
	outside: Address[];
}

export function buildAddresses(areas: SampleArea[], random: Random): AddressBook {
	const communities = areas
		.filter(({ level }) => level === 'community')
		.map((area) => ({ area, bounds: bbox(area.geometry) }));
	const byCommunity = new Map(communities.map(({ area }) => [area.officialCode, [] as Address[]]));
	const outside: Address[] = [];
	for (const door of allDoors(communities.length, random)) {
		const home = communities.find(
			({ area, bounds }) =>
				within(bounds, door.position) && booleanPointInPolygon([...door.position], area.geometry)
		);
		if (home) byCommunity.get(home.area.officialCode)!.push(door);
		else outside.push(door);
	}
	return { byCommunity, outside };
}

/**
 * Takes doors one after another so that shops stand together: a door is the likelier the nearer it is to one of
 * a few centres of its community.
 */
export function createDoorPicker(doors: Address[], random: Random): () => Address {
	const centres = doors.slice(0, 4).map(({ at }) => at);
	const pull = ({ at }: Address) =>
		centres.reduce((sum, [east, north]) => {
			const squared = (at[0] - east) ** 2 + (at[1] - north) ** 2;
			return sum + Math.exp(-squared / (2 * 170 ** 2));
		}, 0.06);
	// Efraimidis–Spirakis: sorting by u^(1/weight) is drawing without replacement by weight.
	const order = doors
		.map((door) => ({ door, key: Math.log(random.next()) / pull(door) }))
		.sort((a, b) => b.key - a.key);
	let taken = 0;
	return () => {
		const next = order[taken++];
		if (!next) throw new RangeError(`createDoorPicker: got ${order.length} doors, expected one more`);
		return next.door;
	};
}
