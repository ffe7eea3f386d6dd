import type { IsoDate } from '#lib/calendar.ts';
import {
	columnsOf,
	compile,
	diff,
	type Account,
	type BandChange,
	type Cause,
	type Entry,
	type Fact,
	type Fault,
	type Pack
} from '#scoring';
import { bandChoice, bandChoices, bandRank, type BandChoice } from '#lib/enterprise/band.ts';
import { factsOf, schemeBand, type SchemeBand, type StoredFact } from '../account/assess.ts';

/** An enterprise as `facts_for_trial` gives it. */
export interface TrialRow {
	id: string;
	name: string;
	siteType: string;
	/** WGS-84 degrees; null: no position is known. */
	longitude: number | null;
	latitude: number | null;
	/** The pack that counts for it on that day as things are. */
	packSha256: string | null;
	facts: StoredFact[];
	/** What its account would read under the pack that is tried, where that has another subject; null: the same. */
	factsAfter: StoredFact[] | null;
}

/** Where an account stands. Points are 1/100. */
export interface Standing {
	points: number;
	band: SchemeBand | null;
}

/** A fact that the two schemes take differently; null: it costs or gives nothing there. */
export interface TrialEntry {
	before: { clause: string; text: string; points: number } | null;
	after: { clause: string; text: string; points: number } | null;
}

/** An enterprise whose band would change, and why. */
export interface TrialChange {
	id: string;
	name: string;
	siteType: string;
	before: Standing;
	after: Standing;
	direction: BandChange['direction'];
	causes: Cause[];
	/** The first of them; how many there are is `entryCount`. */
	entries: TrialEntry[];
	entryCount: number;
}

/** Where it stands afterwards, for the map. */
export interface TrialSite {
	longitude: number | null;
	latitude: number | null;
	band: SchemeBand | null;
	isChanged: boolean;
}

/** How many go from one level to another; the names are the schemes' own. */
export interface TrialFlow {
	before: BandChoice;
	after: BandChoice;
	count: number;
}

/** What a dry run has found so far. */
export interface Trial {
	/** Operating enterprises in the place and of the kind. */
	total: number;
	done: number;
	/** Of those: another declaration stands nearer to them, so nothing changes. */
	passed: number;
	changes: TrialChange[];
	sites: TrialSite[];
	flows: TrialFlow[];
	/** Their facts cannot be read under one of the packs: it asks for something they do not say. */
	unreadable: { id: string; name: string; faults: Fault[] }[];
}

export const emptyTrial = (): Trial => ({
	total: 0,
	done: 0,
	passed: 0,
	changes: [],
	sites: [],
	flows: [],
	unreadable: []
});

const shownEntries = 2;

/**
 * Replays the facts of some enterprises under the pack that counts for them and under the one that is tried, and adds
 * what that shows to the trial. One whose facts the pack cannot read is listed and keeps nobody else waiting.
 * @param packs by sha-256; those of the rows must be among them
 */
export function tryRows(
	trial: Trial,
	packs: ReadonlyMap<string, Pack>,
	after: Pack,
	rows: readonly TrialRow[],
	asOf: IsoDate
): void {
	for (const [sha256, group] of Map.groupBy(rows, (row) => row.packSha256)) {
		const before = sha256 === null ? undefined : packs.get(sha256);
		if (!before) throw new Error(`trial: got pack ${sha256}, expected one that is declared and known`);
		tryGroup(trial, before, after, group, asOf);
	}
}

function tryGroup(trial: Trial, before: Pack, after: Pack, rows: readonly TrialRow[], asOf: IsoDate): void {
	const facts = factsBySubject(rows, (row) => row.facts);
	const factsAfter = factsBySubject(rows, (row) => row.factsAfter ?? row.facts);
	const outcome = diff(before, after, facts, asOf, { factsAfter });
	const faults = new Map(outcome.unreadable.map((one) => [one.subject, [...one.before, ...one.after]]));
	const readable = new Map([...factsAfter].filter(([subject]) => !faults.has(subject)));
	const bands = bandsAfter(after, readable, asOf);
	const changes = new Map(outcome.changes.map((change) => [change.subject, change]));
	for (const { id, name, siteType, longitude, latitude } of rows) {
		const unread = faults.get(id);
		if (unread) {
			trial.unreadable.push({ id, name, faults: unread });
			continue;
		}
		const change = changes.get(id);
		trial.sites.push({ longitude, latitude, band: bands.get(id) ?? null, isChanged: change !== undefined });
		if (change) trial.changes.push(changeOf(change, { id, name, siteType }));
	}
	for (const { before: from, after: to, subjects } of outcome.flows)
		addFlow(trial, bandChoice(from && schemeBand(from)), bandChoice(to && schemeBand(to)), subjects);
	const withoutFacts = rows.length - outcome.subjects - faults.size;
	if (withoutFacts > 0) addFlow(trial, 'none', 'none', withoutFacts);
}

/** Who has none is left out. */
const factsBySubject = (
	rows: readonly TrialRow[],
	factsIn: (row: TrialRow) => readonly StoredFact[]
): Map<string, Fact[]> =>
	new Map(
		rows
			.map((row): [string, Fact[]] => [row.id, factsOf(row.id, factsIn(row))])
			.filter(([, own]) => own.length > 0)
	);

/** The bands of everybody after the change, also of those that it leaves alone: the map shows them all. */
function bandsAfter(
	after: Pack,
	facts: ReadonlyMap<string, readonly Fact[]>,
	asOf: IsoDate
): Map<string, SchemeBand | null> {
	const accounts = compile(after)(columnsOf([...facts.values()].flat()), asOf);
	return new Map(
		accounts.subjects.map((subject, place) => {
			const band = after.bands[accounts.band[place]!];
			return [subject, band ? schemeBand(band) : null];
		})
	);
}

const standingOf = ({ balance, band }: Account): Standing => ({
	points: balance,
	band: band && schemeBand(band)
});

const entryOf = (entry: Entry | null): TrialEntry['before'] =>
	entry && { clause: entry.clause, text: entry.text, points: entry.points };

const changeOf = (
	{ before, after, direction, causes, entries }: BandChange,
	site: Pick<TrialChange, 'id' | 'name' | 'siteType'>
): TrialChange => ({
	...site,
	before: standingOf(before),
	after: standingOf(after),
	direction,
	causes,
	entries: entries
		.slice(0, shownEntries)
		.map((entry) => ({ before: entryOf(entry.before), after: entryOf(entry.after) })),
	entryCount: entries.length
});

function addFlow(trial: Trial, before: BandChoice, after: BandChoice, count: number): void {
	const flow = trial.flows.find((each) => each.before === before && each.after === after);
	if (flow) flow.count += count;
	else trial.flows.push({ before, after, count });
}

/** How many stand on each level before and after. */
export function levelCounts(
	flows: readonly TrialFlow[]
): Record<BandChoice, { before: number; after: number }> {
	const counts = Object.fromEntries(bandChoices.map((choice) => [choice, { before: 0, after: 0 }])) as Record<
		BandChoice,
		{ before: number; after: number }
	>;
	for (const { before, after, count } of flows) {
		counts[before].before += count;
		counts[after].after += count;
	}
	return counts;
}

export const trialDirections = ['worse', 'better', 'other'] as const;
export type TrialDirection = (typeof trialDirections)[number];

/** `other`: from or to 未评估. */
export const directionOf = ({ direction }: Pick<TrialChange, 'direction'>): TrialDirection =>
	direction ?? 'other';

/** Those that become worst off first; then by name. */
export const byGravity = (one: TrialChange, other: TrialChange): number =>
	trialDirections.indexOf(directionOf(one)) - trialDirections.indexOf(directionOf(other)) ||
	bandRank(other.after.band) - bandRank(one.after.band) ||
	(one.name < other.name ? -1 : 1);
