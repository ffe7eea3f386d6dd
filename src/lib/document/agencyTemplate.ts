import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import type { Track } from './track.ts';

/** 发文字号: six-corner brackets 〔〕 round the year, then the serial without leading zeros (GB/T 9704-2012 §7.2.5). */
const numberPattern = z
	.string()
	.max(60)
	.regex(/^[^{}]*(\{short\}[^{}]*)?〔\{year\}〕\{n\}号$/, 'expected …〔{year}〕{n}号');

const orderNumbering = z.object({
	inspection_record: numberPattern,
	rectification_order: numberPattern,
	recheck_opinion: numberPattern,
	score_sheet: numberPattern
});

/** Papers issued on their own (acts) are numbered apart from those of inspections. */
const actNumbering = z.object({
	inspection_plan: numberPattern,
	inspection_notice: numberPattern,
	assistance_request: numberPattern,
	reminder_notice: numberPattern,
	supervision_card: numberPattern,
	overdue_report: numberPattern,
	supervision_opinion: numberPattern
});

const wording = z.string().trim().min(1).max(120);

/**
 * What an agency puts into its forms: a setting, because short names, numbering and competent bodies differ from
 * place to place. A document keeps the wording that was in force when it was sealed.
 */
export const agencyTemplateSchema = z.object({
	format: z.literal('mingcha.agency-template/1'),
	isSample: z.boolean(),
	/** Where this wording comes from. */
	source: wording,
	/** 检查依据 as printed. */
	authority: z.object({ A: wording, B: wording, C: wording }),
	numberPatterns: z.object({
		A: orderNumbering,
		B: orderNumbering.extend(actNumbering.shape),
		C: z.object({ hazard_report: numberPattern })
	}),
	/**
	 * Of the remedy clause, track A only. Since 2024-01-01 the reviewing body is a people's government alone
	 * (行政复议法第二十四条); for a 街道办事处 it is the government that set it up.
	 */
	remedy: z.object({
		government: wording.regex(/^(?!.*或者).*人民政府$/, 'one government: …人民政府'),
		court: wording.regex(/^(?!.*或者).*人民法院$/, 'one court: …人民法院')
	}),
	/** What those who sign are called on orders and opinions, and who issues papers on their own. */
	signatories: z.object({ A: wording, B: wording, acts: wording }),
	/** Whom the street reports to when an order of track B is not followed. */
	reportsTo: wording,
	/** Who keeps the second copy. */
	filingDepartment: wording,
	/** Whom an enterprise may ask; on its page, and on papers that ask for an answer. */
	contact: z.object({ name: z.string().trim().max(50), phone: z.string().trim().max(40) }).optional()
});
export type AgencyTemplate = z.infer<typeof agencyTemplateSchema>;

/** An agency as a document names it, with the wording in force when it was sealed. */
export const printedAgencySchema = z.object({
	/** Full name, as it signs. */
	name: z.string().trim().min(2).max(60),
	/** 区简称, for the numbers. */
	shortName: z.string().trim().min(1).max(20),
	template: agencyTemplateSchema
});
export type PrintedAgency = z.infer<typeof printedAgencySchema>;

/**
 * The fictional street's wording. The patterns of A are those read in public systems; those of B, C and acts are samples,
 * because each street has its own.
 */
export const sampleAgencyTemplate: AgencyTemplate = {
	format: 'mingcha.agency-template/1',
	isSample: true,
	source: '示例：虚构街道的文书用语，启用前请按本地规定修改',
	authority: {
		A: '《中华人民共和国安全生产法》第六十五条',
		B: '《中华人民共和国安全生产法》第九条第二款',
		C: '《中华人民共和国安全生产法》第七十五条'
	},
	numberPatterns: {
		A: {
			inspection_record: '（{short}）应急检记〔{year}〕{n}号',
			rectification_order: '（{short}）应急责改〔{year}〕{n}号',
			recheck_opinion: '（{short}）应急复查〔{year}〕{n}号',
			score_sheet: '（{short}）应急记分〔{year}〕{n}号'
		},
		B: {
			inspection_record: '（{short}）安检记〔{year}〕{n}号',
			rectification_order: '（{short}）安检改〔{year}〕{n}号',
			recheck_opinion: '（{short}）安检复〔{year}〕{n}号',
			score_sheet: '（{short}）安记分〔{year}〕{n}号',
			inspection_plan: '（{short}）安检方案〔{year}〕{n}号',
			inspection_notice: '（{short}）安检通〔{year}〕{n}号',
			assistance_request: '（{short}）安协查〔{year}〕{n}号',
			reminder_notice: '（{short}）安提示〔{year}〕{n}号',
			supervision_card: '（{short}）安督办〔{year}〕{n}号',
			overdue_report: '（{short}）安逾报〔{year}〕{n}号',
			supervision_opinion: '（{short}）安督查〔{year}〕{n}号'
		},
		C: { hazard_report: '（{short}）隐患报〔{year}〕{n}号' }
	},
	remedy: { government: '示例区人民政府', court: '示例区人民法院' },
	signatories: { A: '执法人员', B: '安全生产检查人员', acts: '签发人' },
	reportsTo: '示例区应急管理局',
	filingDepartment: '示例街道安全生产工作机构'
};

/**
 * （示例）应急责改〔2026〕12号. `serial` counts from 1 per agency, kind, track and year of sealing; the database gives
 * it (and sets the text with the same patterns) inside the seal.
 */
export function formatDocumentNumber(
	agency: PrintedAgency,
	kind: DocumentKind,
	track: Track,
	{ year, serial }: { year: number; serial: number }
): string {
	const patterns: Partial<Record<DocumentKind, string>> = agency.template.numberPatterns[track];
	const pattern = patterns[kind];
	if (!pattern)
		throw new RangeError(`formatDocumentNumber: got ${kind} on track ${track}, expected a pattern`);
	if (!Number.isInteger(serial) || serial < 1) {
		throw new RangeError(`formatDocumentNumber: got serial ${serial}, expected a whole number from 1`);
	}
	return pattern
		.replace('{short}', () => agency.shortName)
		.replace('{year}', String(year))
		.replace('{n}', String(serial));
}
