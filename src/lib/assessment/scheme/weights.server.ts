import { stringify } from 'yaml';
import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import type { Translate } from '#lib/messages/index.ts';
import { draftPack, draftWeights, type Occurrences, type Pack, type WeightDraft } from '#scoring';

/** What happened in the last frozen months where the client looks, told by what packs ask of facts. */
export interface Happened {
	/** First and last frozen month, by their first days; null: none is frozen yet. */
	from: IsoDate | null;
	to: IsoDate | null;
	months: number;
	today: IsoDate;
	/** Checks that looked for something new. */
	checks: number;
	rows: Occurrences[];
}

/** A year: what the points of the next one are drafted from. */
export const draftMonths = 12;

/** null for who neither leads nor administers. */
export const readHappened = async (client: Client): Promise<Happened | null> =>
	expectValue<Happened | null>(await client.rpc('occurrences_of_months', { p_months: draftMonths }));

/** The last day of a month that is named by its first. */
const endOf = (month: IsoDate): IsoDate => addDays(`${addDays(month, 31).slice(0, 7)}-01`, -1);

export interface YearDraft {
	/** First and last day of the window. */
	from: IsoDate;
	to: IsoDate;
	months: number;
	checks: number;
	/** First day of the draft: the next 1 January. */
	begins: IsoDate;
	weights: WeightDraft;
}

/** Next year's points for a pack; null while no month is frozen. */
export function draftYear(pack: Pack, { from, to, months, checks, rows, today }: Happened): YearDraft | null {
	if (from === null || to === null) return null;
	const [last, begins] = [endOf(to), `${Number(today.slice(0, 4)) + 1}-01-01`];
	return { from, to: last, months, checks, begins, weights: draftWeights(pack, rows, last, begins) };
}

/** The draft as a pack file, opened by a word on what it is. */
export function draftYaml(
	pack: Pack,
	{ weights, begins, from, to, months }: YearDraft,
	t: Translate
): string {
	const source = t('weights.source', { from, to, months, version: pack.version });
	const name = t('weights.pack_name', { name: pack.name, year: begins.slice(0, 4) });
	const document = draftPack(pack, weights, begins, { name, source });
	return `# ${t('weights.file_head')}\n# ${source}\n${stringify(document, { lineWidth: 110 })}`;
}
