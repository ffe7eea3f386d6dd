import { noDeadline, type TallyCube } from './tallyCube.ts';

/** Some places with all their counters, right as of one position of the feed. Lists are packed as `tally_page` says. */
export interface TallyPage {
	position: number;
	/** Places from this scope on and before the other. */
	from: string;
	upTo: string;
	isLast: boolean;
	flows: [scope: string, siteType: string, severity: string, list: string][];
	visits: [scope: string, siteType: string, list: string][];
	deadlines: [scope: string, siteType: string, list: string][];
}

/** Before its elements a one-dimensional array says dimensions, nulls, type, length and lower bound; each its length. */
const headerBytes = 20;
const elementBytes = 12;

/** Calls back with the upper and the lower 32 bits of each bigint of a base64 `array_send`. */
function eachBigint(list: string, tell: (high: number, low: number) => void): void {
	const { buffer, byteOffset, byteLength } = Buffer.from(list, 'base64');
	const view = new DataView(buffer, byteOffset, byteLength);
	if ((byteLength - headerBytes) % elementBytes !== 0 || view.getUint32(0) !== 1)
		throw new TypeError(`tally page: got a list of ${byteLength} bytes, expected bigints in one dimension`);
	for (let at = headerBytes; at < byteLength; at += elementBytes)
		tell(view.getUint32(at + 4), view.getUint32(at + 8));
}

export function addPage(cube: TallyCube, { flows, visits, deadlines }: TallyPage): void {
	for (const [scope, siteType, severity, list] of flows) {
		const cell = cube.cellOf(scope, siteType);
		eachBigint(list, (high, low) =>
			cube.addFlow(
				cell,
				severity === 'major',
				high >>> 16,
				((high & 0xffff) << 8) | (low >>> 24),
				low & 0xffffff
			)
		);
	}
	for (const [scope, siteType, list] of visits) {
		const cell = cube.cellOf(scope, siteType);
		eachBigint(list, (high, low) => {
			const previousDay = high & 0xffff;
			cube.addVisits(cell, high >>> 16, previousDay === 0 ? null : previousDay, low);
			cube.addInspections(cell, high >>> 16, low);
		});
	}
	for (const [scope, siteType, list] of deadlines) {
		const cell = cube.cellOf(scope, siteType);
		eachBigint(list, (high, low) => cube.addOpen(cell, Math.min(noDeadline, high >>> 16), low));
	}
}
