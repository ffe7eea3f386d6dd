import type { IsoDate } from '../calendar.ts';

/** How one year's holidays were arranged. Weekends that neither list names are days off, other days are worked. */
export interface CalendarYear {
	year: number;
	/** The notice that says so. */
	source: string;
	/** Typed without the notice at hand: whoever relies on it holds it against the notice first (示例). */
	isSample: boolean;
	/** Days off, from the first to the last. */
	holidays: readonly { name: string; from: IsoDate; to: IsoDate }[];
	/** 调休: weekend days that are worked. */
	worked: readonly IsoDate[];
}

/**
 * One entry a year, taken from the notice of 国务院办公厅, which comes out in the autumn before. A year that is not here
 * has no working days to count: nothing is guessed (see workingDays.ts). To add a year, copy its notice.
 */
export const calendarYears: readonly CalendarYear[] = [
	{
		year: 2025,
		source: '《国务院办公厅关于2025年部分节假日安排的通知》（国办发明电〔2024〕12号，2024年11月12日）',
		isSample: true,
		holidays: [
			{ name: '元旦', from: '2025-01-01', to: '2025-01-01' },
			{ name: '春节', from: '2025-01-28', to: '2025-02-04' },
			{ name: '清明节', from: '2025-04-04', to: '2025-04-06' },
			{ name: '劳动节', from: '2025-05-01', to: '2025-05-05' },
			{ name: '端午节', from: '2025-05-31', to: '2025-06-02' },
			{ name: '国庆节、中秋节', from: '2025-10-01', to: '2025-10-08' }
		],
		worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11']
	},
	{
		year: 2026,
		source: '《国务院办公厅关于2026年部分节假日安排的通知》（2025年11月4日）',
		isSample: true,
		holidays: [
			{ name: '元旦', from: '2026-01-01', to: '2026-01-03' },
			{ name: '春节', from: '2026-02-15', to: '2026-02-23' },
			{ name: '清明节', from: '2026-04-04', to: '2026-04-06' },
			{ name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
			{ name: '端午节', from: '2026-06-19', to: '2026-06-21' },
			{ name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
			{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }
		],
		worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']
	}
];
