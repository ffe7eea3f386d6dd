import { chineseDate, type IsoDate } from '#lib/calendar.ts';

/** 1、3 · 1至3、5: item numbers in ascending order, runs of three and more drawn together. */
export function itemNumbers(numbers: readonly number[]): string {
	const sorted = [...new Set(numbers)].sort((a, b) => a - b);
	const runs: [number, number][] = [];
	for (const number of sorted) {
		const run = runs.at(-1);
		if (run && number === run[1] + 1) run[1] = number;
		else runs.push([number, number]);
	}
	return runs
		.flatMap(([from, to]) => {
			if (to - from >= 2) return [`${from}至${to}`];
			return from === to ? [`${from}`] : [`${from}`, `${to}`];
		})
		.join('、');
}

export interface DeadlineClause {
	numbers: number[];
	deadline: IsoDate;
}

/** Items by deadline, the earliest first: 「对上述第_项问题于_前整改完毕」 repeats for each. */
export function deadlineClauses(
	items: readonly { number: number; deadline: IsoDate | null }[]
): DeadlineClause[] {
	const byDeadline = new Map<IsoDate, number[]>();
	for (const { number, deadline } of items) {
		if (!deadline) continue;
		byDeadline.set(deadline, [...(byDeadline.get(deadline) ?? []), number]);
	}
	return [...byDeadline]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([deadline, numbers]) => ({ numbers, deadline }));
}

/** 对上述第1、3项问题于2026年11月30日（含当日）前整改完毕；对上述第2项问题于… */
export const deadlineSentence = (items: Parameters<typeof deadlineClauses>[0]): string =>
	deadlineClauses(items)
		.map(
			({ numbers, deadline }) =>
				`对上述第${itemNumbers(numbers)}项问题于${chineseDate(deadline)}（含当日）前整改完毕`
		)
		.join('；');
