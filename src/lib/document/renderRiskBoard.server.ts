import QRCode from 'qrcode';
import { chineseDate } from '#lib/calendar.ts';
import { success, type Result } from '#lib/problem.ts';
import { renderSheet } from './renderSheet.server.ts';
import { boardLevels, riskBoardSchema, type RiskBoard } from './riskBoard.ts';

const levelNames: Record<(typeof boardLevels)[number], { word: string; colour: string }> = {
	major: { word: '重大风险', colour: '红' },
	considerable: { word: '较大风险', colour: '橙' },
	general: { word: '一般风险', colour: '黄' },
	low: { word: '低风险', colour: '蓝' }
};
const nothing = '/';
const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
const orNothing = (text: string | null): string => (text ? oneLine(text) : nothing);

/** The strings that the template sets: groups by level, the worst first, those not assessed last. */
function present({ points, madeOn, enterprise, ...board }: RiskBoard) {
	const order = [...boardLevels, null];
	const sorted = points.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
	return {
		...board,
		madeOn: chineseDate(madeOn),
		enterprise: {
			name: oneLine(enterprise.name),
			creditCode: orNothing(enterprise.creditCode),
			address: oneLine(enterprise.address),
			principalName: orNothing(enterprise.principalName)
		},
		emergencyPhone: orNothing(board.emergencyPhone),
		counts: boardLevels.map((level) => ({
			level,
			...levelNames[level],
			count: points.filter((point) => point.level === level).length
		})),
		points: sorted.map((point) => ({
			level: point.level,
			word: point.level === null ? '未评定' : levelNames[point.level].word,
			colour: point.level === null ? null : levelNames[point.level].colour,
			name: oneLine(point.name),
			place: oneLine(point.place),
			accident: orNothing(point.accident),
			measures: orNothing(point.measures),
			responsible:
				[point.department, point.responsible].flatMap((text) => (text ? [oneLine(text)] : [])).join(' ') ||
				nothing
		}))
	};
}

/** The board as PDF, the same bytes for the same content. Problem: `document.glyph_missing` (details.got). */
export async function renderRiskBoard(board: RiskBoard): Promise<Result<Uint8Array<ArrayBuffer>>> {
	const parsed = riskBoardSchema.parse(board);
	const qr = await QRCode.toString(parsed.plateUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'Q' });
	const made = renderSheet('risk_board.typ', { ...present(parsed), qr });
	return made.ok ? success(made.value) : made;
}
