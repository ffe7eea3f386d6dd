import { addDays, chineseDate, daysBetween } from '#lib/calendar.ts';
import { headingOf } from '#lib/document/document.ts';
import { escalationPaper, type EscalationPage, type EscalationStep, type LateHazard } from './escalation.ts';

/** How long who is written to has, in days (示例: no source states any). */
const daysToAnswer: Record<EscalationStep, number> = { 1: 3, 2: 5, 3: 7 };
/** A paper holds so many lines (`actBodySchema`); on a longer order the last one says how many are left. */
const mostLines = 30;

/** 「《限期整改意见书》（…）…12号」; a record without an order goes by its day. */
const orderName = ({ order, inspectedOn }: EscalationPage): string =>
	order
		? `《${headingOf('rectification_order', order.track).title}》${order.numberText}`
		: `${chineseDate(inspectedOn)}现场检查记录`;

function lineOf({ part, description, severity, deadline }: LateHazard): string {
	const text = `${part}：${description}`.replaceAll(/\s*\n\s*/g, '，').replace(/[。；]+$/, '');
	const major = severity === 'major' ? '（重大事故隐患）' : '';
	return `${text.length > 400 ? `${text.slice(0, 399)}…` : text}${major}，整改期限${chineseDate(deadline)}`;
}

function linesOf(late: readonly LateHazard[], most = mostLines): string[] {
	const lines = late.map(lineOf);
	if (lines.length <= most) return lines;
	return [...lines.slice(0, most - 1), `其余${lines.length - most + 1}项逾期隐患，见原文书及检查记录`];
}

/** Papers that took the steps before this one, as 已采取的措施. */
const measuresOf = (steps: EscalationPage['steps']): string[] =>
	steps.flatMap(({ paper }) =>
		paper?.state === 'issued'
			? [`${chineseDate(paper.issuedOn)}发出《${headingOf(paper.kind, 'B').title}》${paper.numberText}`]
			: []
	);

/**
 * The fields of the step's paper as its form begins: always Chinese, changed by whoever issues it. No source gives the
 * wording: all of it is a sample (示例).
 * @param reportsTo the agency's own words for whom it reports to
 */
export function draftPaper(page: EscalationPage, reportsTo: string): Record<string, string> {
	const first = page.late.map(({ deadline }) => deadline).sort()[0] ?? page.deadline;
	const late = `${orderName(page)}所列${page.late.length || page.hazards}项隐患，整改期限届满${daysBetween(first, page.today)}天仍未完成整改`;
	const about = linesOf(page.late);
	return {
		...{
			reminder_notice: { matter: late, items: about.map((line) => `${line}，请立即整改`).join('\n') },
			supervision_card: {
				addressee: page.community ?? '',
				matter: late,
				items: [
					...linesOf(page.late, mostLines - 1).map((line) => `督促整改：${line}`),
					'到场核实整改情况并报送照片'
				].join('\n')
			},
			overdue_report: {
				addressee: reportsTo,
				matter: late,
				items: about.join('\n'),
				measures: measuresOf(page.steps).join('\n')
			}
		}[escalationPaper[page.step]],
		day: addDays(page.today, daysToAnswer[page.step])
	};
}
