import { chineseDate } from '#lib/calendar.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { InspectionContent } from '../content.ts';
import { maskPhone } from '../masking.ts';

/** One thing that a correction puts right. Both sides null: a photo was added, or the hazard falls away. */
export interface Change {
	/** 检查场所, or 隐患第1项（…）整改期限. */
	about: string;
	before: string | null;
	after: string | null;
	/** What is said where no two texts stand beside each other. */
	said: string | null;
}

/**
 * Names as they stand on the papers, which are always Chinese, whatever the screen speaks: what a page shows of a
 * correction quotes the record.
 */
const hazardFields: [keyof Hazard, string][] = [
	['part', '部位'],
	['description', '问题描述'],
	['severity', '级别'],
	['cause', '成因'],
	['legalBasis', '依据'],
	['clause', '引用条款'],
	['acceptance', '整改要求'],
	['deadline', '整改期限']
];
const valueNames: Record<string, string> = {
	general: '一般隐患',
	major: '重大隐患',
	object: '物的危险状态',
	behaviour: '人的不安全行为',
	management: '管理上的缺陷'
};
const nothing = '无';

const spoken = (field: string, value: unknown): string => {
	if (value === null || value === undefined || value === '') return nothing;
	if (field === 'deadline' || field === 'newDeadline') return chineseDate(String(value));
	if (field === 'principalPhone' || field === 'phone') return maskPhone(String(value));
	return valueNames[String(value)] ?? String(value);
};

const compared = (about: string, field: string, before: unknown, after: unknown): Change[] =>
	(before ?? null) === (after ?? null)
		? []
		: [{ about, before: spoken(field, before), after: spoken(field, after), said: null }];

const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);

function hazardChanges(before: Hazard, after: Hazard | undefined, number: number): Change[] {
	const about = `隐患第${number}项（${short(before.description)}）`;
	if (!after) return [{ about, before: null, after: null, said: '予以撤销' }];
	const added = after.photos.length + after.proof.length - before.photos.length - before.proof.length;
	const moved =
		JSON.stringify(before.position ?? null) === JSON.stringify(after.position ?? null)
			? []
			: [{ about: `${about}位置`, before: null, after: null, said: '予以更正' }];
	return [
		...hazardFields.flatMap(([field, name]) =>
			compared(`${about}${name}`, field, before[field], after[field])
		),
		...moved,
		...(added > 0 ? [{ about, before: null, after: null, said: `补充照片${added}张` }] : [])
	];
}

/**
 * What the second content puts right of the first, both of the same visit, in the order of the paper. Derived from the
 * two sealed texts wherever it is shown, so that no words of their own can differ from them.
 */
export function changesBetween(before: InspectionContent, after: InspectionContent): Change[] {
	const known = new Map(after.hazards.map((hazard) => [hazard.id, hazard]));
	const verdicts = new Map(after.verdicts.map((verdict) => [verdict.hazardId, verdict]));
	const [was, is] = [before.enterprise, after.enterprise];
	return [
		...compared('被检查单位', 'name', was.name, is.name),
		...compared('统一社会信用代码', 'creditCode', was.creditCode, is.creditCode),
		...compared('地址', 'address', was.address, is.address),
		...compared('法定代表人（负责人）', 'principalName', was.principalName, is.principalName),
		...compared('联系电话', 'principalPhone', was.principalPhone, is.principalPhone),
		...compared('检查场所', 'place', before.place, after.place),
		...compared('任务来源', 'taskSource', before.taskSource, after.taskSource),
		...signerChanges(before, after),
		...before.hazards.flatMap((hazard, index) => hazardChanges(hazard, known.get(hazard.id), index + 1)),
		...before.verdicts.flatMap((verdict, index) => {
			const about = `复查第${index + 1}项`;
			const now = verdicts.get(verdict.hazardId);
			const added = (now?.photos.length ?? 0) - verdict.photos.length;
			return [
				...compared(`${about}复查情况`, 'note', verdict.note, now?.note),
				...compared(`${about}整改期限`, 'newDeadline', verdict.newDeadline, now?.newDeadline),
				...(added > 0 ? [{ about, before: null, after: null, said: `补充照片${added}张` }] : [])
			];
		})
	];
}

function signerChanges({ onSite: was }: InspectionContent, { onSite: is }: InspectionContent): Change[] {
	if (was?.outcome !== 'signed' || is?.outcome !== 'signed') return [];
	return [
		...compared('现场负责人姓名', 'name', was.name, is.name),
		...compared('现场负责人职务', 'duty', was.duty, is.duty),
		...compared('现场负责人电话', 'phone', was.phone, is.phone)
	];
}

/** 「检查场所：原记载“后厨”，更正为“前厅”。」 */
export const changeSentence = ({ about, before, after, said }: Change): string =>
	said === null ? `${about}：原记载“${before}”，更正为“${after}”。` : `${about}：${said}。`;
