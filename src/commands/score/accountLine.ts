import { fromHundredths, type Account, type Entry, type TraceLine } from '#scoring';

const ledgerLine = ({ fact, clause, points }: Entry) => ({ fact, clause, points: fromHundredths(points) });

/** One JSON line. The ledger holds what is in effect: its points and the start of the scheme make the balance. */
export function accountLine(subject: string, account: Account): string {
	const { balance, band, measures, entries, pendingBalance, pendingBand, next, scales, trace } = account;
	return JSON.stringify({
		subject,
		points: fromHundredths(balance),
		band: band?.name ?? null,
		measures: measures.map(({ name }) => name),
		entries: entries.filter(({ counts }) => counts === 'effective').map(ledgerLine),
		...(trace && {
			pack: account.pack,
			as_of: account.asOf,
			pending: { points: fromHundredths(pendingBalance), band: pendingBand?.name ?? null },
			next: next && { band: next.band.name, distance: fromHundredths(next.distance) },
			scales: Object.fromEntries(scales.map((scale) => [scale.name, scale.band?.name ?? null])),
			trace: trace.map(traceLine)
		})
	});
}

const traceLine = ({ entry, occurredOn, citedInVain, ...line }: TraceLine) => ({
	...line,
	occurred_on: occurredOn,
	...(citedInVain !== null && { cited_in_vain: citedInVain }),
	...(entry && {
		points: fromHundredths(entry.points),
		nominal: fromHundredths(entry.nominal),
		added: fromHundredths(entry.added),
		cut: fromHundredths(entry.cut),
		counts: entry.counts,
		silent: entry.silent,
		state: entry.state,
		reduces: entry.reduces,
		aggravates: entry.aggravates,
		last_day: entry.lastDay,
		decided_by: entry.decidedBy
	})
});
