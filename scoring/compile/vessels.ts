import type { Clause, Pack } from '../pack/pack.ts';

/**
 * Caps lie within each other (clause in aspect in pack), so their sum can be had without going through the
 * entries: what flows into a vessel beyond its cap is lost, the rest flows on. Children stand before parents; then
 * come the balance and, last, nowhere.
 */
export interface Vessels {
	cap: Float64Array;
	into: Uint16Array;
	sign: Int8Array;
	balance: number;
	nowhere: number;
}

/** What the rows of each account come to, before its start, floor and ceiling. */
export interface Sums {
	now: Float64Array;
	later: Float64Array;
	/** Bits of `flag`. */
	flags: Uint8Array;
	/** Numbers of 32 bits a subject. */
	words: number;
	/** Clauses of entries that count, those that wait for confirmation included. */
	evidence: Uint32Array;
}

/** Lets everything flow down to the balance, and leaves the vessels empty. */
export function pour({ cap, into, sign, balance, nowhere }: Vessels, inside: Float64Array): number {
	for (let vessel = 0; vessel < balance; vessel++) {
		inside[into[vessel]!]! += Math.min(inside[vessel]!, cap[vessel]!) * sign[vessel]!;
		inside[vessel] = 0;
	}
	const sum = inside[balance]!;
	inside[balance] = 0;
	inside[nowhere] = 0;
	return sum;
}

export function vesselsOf(pack: Pack): { vessels: Vessels; vesselOf: (clause: Clause) => number } {
	const { aspects, writers } = pack;
	const isCharge = ({ kind }: Clause) => kind !== 'credit';
	const capped = [
		...new Map(writers.filter(({ cap }) => cap !== null).map((each) => [each.code, each])).values()
	];
	const cappedAspects = aspects.filter(({ cap }) => cap !== null);
	const packVessel = capped.length + cappedAspects.length;
	const balance = packVessel + Number(pack.cap !== null);
	const aspectVessel = (key: string) => {
		const place = cappedAspects.findIndex((aspect) => aspect.key === key);
		return place < 0 ? packVessel : capped.length + place;
	};
	/** Where a clause's points go after its own cap. Aspect and pack caps hold for charges only. */
	const beyondOwn = (clause: Clause) => (isCharge(clause) ? aspectVessel(clause.aspect) : balance);
	const worse = pack.direction === 'up' ? 1 : -1;
	const into = [...capped.map(beyondOwn), ...cappedAspects.map(() => packVessel), balance];
	const sign = (vessel: number) =>
		into[vessel] !== balance ? 1 : vessel < capped.length && !isCharge(capped[vessel]!) ? -worse : worse;
	const vessels: Vessels = {
		cap: Float64Array.from([...capped, ...cappedAspects, pack].slice(0, balance), ({ cap }) => cap!),
		into: Uint16Array.from(into.slice(0, balance)),
		sign: Int8Array.from({ length: balance }, (_, vessel) => sign(vessel)),
		balance,
		nowhere: balance + 1
	};
	return {
		vessels,
		vesselOf: (clause) =>
			clause.cap !== null ? capped.findIndex(({ code }) => code === clause.code) : beyondOwn(clause)
	};
}
