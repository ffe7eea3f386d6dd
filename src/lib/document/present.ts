import { clauseParts } from '#lib/messages/clause.ts';
import { chineseDate, shanghaiDate, shanghaiMinute } from '#lib/calendar.ts';
import type { InspectionKind } from '#lib/inspection/inspection.ts';
import { isActKind, type ActBody, type ActKind } from './acts.ts';
import { deadlineSentence, itemNumbers } from './clauses.ts';
import type {
	DocumentContent,
	DocumentContentOf,
	PrintedHazard,
	PrintedPhoto,
	PrintedPoints
} from './content.ts';
import { headingOf } from './document.ts';
import { strokesSvg } from './strokes.ts';

/**
 * Content → the strings a template sets. Dates, numbers and lists become Chinese text here; the fixed wording of
 * the forms stands in `templates/*.typ`. Paper is always Chinese, so none of this goes through `messages`.
 */

/** What a form shows for a field that has nothing. */
const nothing = '/';

const inspectionKindNames: Record<InspectionKind, string> = {
	planned: '计划检查',
	random: '双随机抽查',
	triggered: '触发式检查',
	recheck: '复查',
	campaign: '专项检查',
	self_check: '企业自查'
};
const severityNames = { general: '一般隐患', major: '重大隐患' } as const;
const photoMoments: Record<PrintedPhoto['moment'], string> = {
	found: '检查时',
	put_right: '整改后',
	rechecked: '复查时',
	refused: '拒绝签名现场'
};

/** A line break typed into a field must not break a form. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
const orNothing = (text: string | null): string => (text ? oneLine(text) : nothing);
/** 不重复句末标点. */
const withoutStop = (text: string): string => oneLine(text).replace(/[。；;.\s]+$/, '');

/** 2026年11月22日14时05分 */
function chineseMinute(instant: string): string {
	const [day, time] = shanghaiMinute(instant).split(' ') as [string, string];
	const [hour, minute] = time.split(':') as [string, string];
	return `${chineseDate(day)}${Number(hour)}时${minute}分`;
}

function chineseSpan(from: string, to: string): string {
	const end = chineseMinute(to);
	const isSameDay = shanghaiDate(from) === shanghaiDate(to);
	return `${chineseMinute(from)}至${isSameDay ? end.slice(end.indexOf('日') + 1) : end}`;
}

/** The first 16 of 64 digits in groups of four: enough to compare by eye with the page behind the address. */
const shortHash = (sha256: string): string => sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');

/** What is done about an item, as the record says it (安全生产法第六十八条: 发现的问题及其处理情况). */
function handling(hazard: PrintedHazard, track: DocumentContent['track']): string {
	if (hazard.measure === 'on_spot') return '已当场改正';
	if (!hazard.deadline) return '待核实处理';
	const verb = { A: '责令限期整改', B: '要求限期整改', C: '建议整改' }[track];
	return `${verb}，期限至${chineseDate(hazard.deadline)}`;
}

const presentHazard = (hazard: PrintedHazard, track: DocumentContent['track']) => ({
	number: hazard.number,
	text: `【${oneLine(hazard.part)}】${withoutStop(hazard.description)}。`,
	isMajor: hazard.severity === 'major',
	severity: severityNames[hazard.severity],
	legalBasis: hazard.legalBasis ? withoutStop(hazard.legalBasis) : null,
	acceptance: hazard.acceptance ? withoutStop(hazard.acceptance) : null,
	handling: handling(hazard, track)
});

/** 10.1 → 第10条第1款; 减免1 stays as it is. */
function clauseName(code: string): string {
	const parts = clauseParts(code);
	if (!parts) return code;
	return `第${parts.article}条${parts.paragraph === null ? '' : `第${parts.paragraph}款`}`;
}

/** 第10条第1款“……”，0.5分 */
const presentPoints = ({ clause, text, points, waits }: PrintedPoints): string =>
	`${clauseName(clause)}“${withoutStop(text)}”，${signedPoints(points)}${waits ? '（待审）' : ''}`;

const pointsLine = (points: readonly PrintedPoints[] = []): string | null =>
	points.length > 0 ? points.map(presentPoints).join('；') : null;

const signedPoints = (hundredths: number): string =>
	`${hundredths < 0 ? '减' : ''}${Math.abs(hundredths) / 100}分`;

const presentVerdict = (verdict: DocumentContentOf<'recheck_opinion'>['verdicts'][number]) => ({
	number: verdict.number,
	text: `【${oneLine(verdict.part)}】${withoutStop(verdict.description)}。`,
	passed: verdict.passed,
	note: verdict.note ? withoutStop(verdict.note) : null,
	newDeadline: verdict.newDeadline ? chineseDate(verdict.newDeadline) : null
});

function presentOnSite(onSite: DocumentContent['onSite']) {
	if (!onSite) return null;
	const date = chineseDate(shanghaiDate(onSite.at));
	if (onSite.outcome === 'signed') {
		return {
			outcome: onSite.outcome,
			name: oneLine(onSite.name),
			date,
			signature: strokesSvg(onSite.signature)
		};
	}
	const { name, identity, signature } = onSite.witness;
	return {
		outcome: onSite.outcome,
		name: onSite.name && oneLine(onSite.name),
		reason: withoutStop(onSite.reason),
		date,
		witness: {
			name: oneLine(name),
			identity: identity && oneLine(identity),
			signature: signature && strokesSvg(signature)
		}
	};
}

function caption(photo: PrintedPhoto): string {
	const subject = photo.hazardNumber === null ? '' : `第${photo.hazardNumber}项 · `;
	const place = photo.place ? ` · ${oneLine(photo.place)}` : '';
	return `${subject}${photoMoments[photo.moment]} · ${shanghaiMinute(photo.takenAt)}${place}`;
}

function presentInspectors({ inspectors }: DocumentContent) {
	const licences = inspectors.flatMap(({ licence }) => (licence ? [licence] : []));
	return {
		names: inspectors.map(({ name }) => oneLine(name)).join('、'),
		licences: licences.length > 0 ? licences.join('、') : null,
		signers: inspectors.map(({ name, licence, signature }) => ({
			name: oneLine(name),
			licence,
			signature: signature && strokesSvg(signature)
		}))
	};
}

function presentRecord(content: DocumentContentOf<'inspection_record'>) {
	const checked = content.lines.filter(({ answer }) => answer !== 'not_applicable');
	return {
		place: orNothing(content.place),
		span: chineseSpan(content.from, content.to),
		inspectionKind: inspectionKindNames[content.inspectionKind],
		taskSource: orNothing(content.taskSource),
		inspectionOfYear: content.inspectionOfYear,
		assistants: content.assistants.length > 0 ? content.assistants.map(oneLine).join('、') : null,
		counts: {
			checked: checked.length,
			passed: checked.filter(({ answer }) => answer === 'pass').length,
			notApplicable: content.lines.length - checked.length
		},
		lines: content.lines.map(({ code, part, text, answer }) => ({
			code,
			part: oneLine(part),
			text: oneLine(text),
			answer
		})),
		hazards: content.hazards.map((hazard) => ({
			...presentHazard(hazard, content.track),
			points: pointsLine(hazard.points)
		})),
		scoring: content.scoring && {
			rules: oneLine(content.scoring.rules),
			points: signedPoints(content.scoring.points)
		},
		verdicts: content.verdicts.map((verdict) => ({
			...presentVerdict(verdict),
			points: pointsLine(verdict.points)
		}))
	};
}

const presentOrder = (content: DocumentContentOf<'rectification_order'>) => ({
	hazards: content.hazards.map((hazard) => presentHazard(hazard, content.track)),
	majorNumbers: itemNumbers(
		content.hazards.filter(({ severity }) => severity === 'major').map(({ number }) => number)
	),
	deadlines: deadlineSentence(content.hazards),
	electronicDelivery: content.electronicDelivery,
	adopts: content.adopts && {
		number: content.adopts.number,
		reporter: oneLine(content.adopts.reporter),
		reportedOn: chineseDate(content.adopts.reportedOn)
	}
});

const presentOpinion = (content: DocumentContentOf<'recheck_opinion'>) => ({
	order: { number: content.order.number, issuedOn: chineseDate(content.order.issuedOn) },
	recheckedOn: chineseDate(content.recheckedOn),
	passed: content.verdicts.filter(({ passed }) => passed).map(presentVerdict),
	failed: content.verdicts.filter(({ passed }) => !passed).map(presentVerdict),
	deadlines: deadlineSentence(
		content.verdicts.map(({ number, newDeadline }) => ({ number, deadline: newDeadline }))
	)
});

const presentReport = (content: DocumentContentOf<'hazard_report'>) => ({
	community: oneLine(content.community),
	foundAt: chineseMinute(content.foundAt),
	hazards: content.hazards.map((hazard) => presentHazard(hazard, content.track))
});

const presentScores = (content: DocumentContentOf<'score_sheet'>) => ({
	inspectedOn: chineseDate(content.inspectedOn),
	recordNumber: content.recordNumber,
	rules: oneLine(content.rules),
	lines: content.lines.map(({ number, finding, clause, text, points, waits }) => ({
		number,
		finding: finding === null ? '本次检查' : withoutStop(finding),
		clause: clauseName(clause),
		text: withoutStop(text),
		points: signedPoints(points),
		effect: waits ? '待审' : '签字后生效'
	})),
	points: signedPoints(content.points),
	account: content.account && {
		before: `${balance(content.account.before)}（${content.account.bandBefore ?? '未评估'}）`,
		after: `${balance(content.account.after)}（${content.account.bandAfter ?? '未评估'}）`,
		ifConfirmed:
			content.account.pendingAfter === content.account.after ? null : balance(content.account.pendingAfter)
	}
});

/** What an account stands at; below zero it is said as such. */
const balance = (hundredths: number): string => `${hundredths / 100}分`;

/** The strings of an act; what its kind has none of is null. The words between them stand in `act.typ`. */
function presentAct(body: ActBody) {
	return {
		matter: withoutStop(body.matter),
		items: body.items.map(withoutStop),
		day: chineseDate(body.day),
		basis: body.basis && withoutStop(body.basis),
		addressee: 'addressee' in body ? oneLine(body.addressee) : null,
		officers:
			'officers' in body
				? body.officers
						.map(({ name, licence }) => (licence ? `${oneLine(name)}（证号：${licence}）` : oneLine(name)))
						.join('、')
				: null,
		nthOfYear: 'nthOfYear' in body ? body.nthOfYear : null,
		plan:
			body.kind === 'inspection_plan'
				? {
						inspectionKind: inspectionKindNames[body.inspectionKind],
						checklists: body.checklists.length > 0 ? body.checklists.map(oneLine).join('、') : nothing,
						drafter: oneLine(body.drafter.name)
					}
				: null,
		preparations: body.kind === 'inspection_notice' ? body.preparations.map(withoutStop) : [],
		measures: body.kind === 'overdue_report' ? body.measures.map(withoutStop) : [],
		supervisedOn: body.kind === 'supervision_opinion' ? chineseDate(body.supervisedOn) : null
	};
}

const isAct = (content: DocumentContent): content is DocumentContentOf<ActKind> => isActKind(content.kind);

/** What a phone finds behind the QR. */
function qrCaption(content: DocumentContent): string[] {
	if (content.deliveryUrl === null) return ['扫码核验'];
	return isAct(content) ? ['扫码查阅、签收'] : ['扫码查阅、签收、', '提交整改'];
}

function presentKind(content: DocumentContent) {
	if (isAct(content)) return presentAct(content.body);
	switch (content.kind) {
		case 'inspection_record':
			return presentRecord(content);
		case 'rectification_order':
			return presentOrder(content);
		case 'recheck_opinion':
			return presentOpinion(content);
		case 'hazard_report':
			return presentReport(content);
		case 'score_sheet':
			return presentScores(content);
	}
}

/** 更正 at the head of the paper: what it replaces, why, and what was put right. */
function presentCorrection({ correction, kind }: DocumentContent) {
	if (!correction) return null;
	const { ordinal, replaces, isSameKind, reason, changes, officers, by } = correction;
	const replaced = replaces ? `${isSameKind ? '更正并替代' : '因更正替代'}${replaces}，` : '';
	return {
		title: `第${ordinal}次更正`,
		intro: replaces ? `本文书${replaced}原文书自本文书出具之日起不再使用。` : '本文书更正原记录。',
		reason: `更正理由：${withoutStop(reason)}。`,
		changes: kind === 'score_sheet' ? [] : changes.map(oneLine),
		signers:
			by === 'issuer'
				? null
				: `原检查人员：${officers.map(oneLine).join('、')}。${by === 'supervisor' ? '由负责人更正。' : ''}`
	};
}

const presentReplacement = ({ replacement }: DocumentContent): string | null =>
	replacement
		? `本文书已于${chineseDate(replacement.on)}更正，${replacement.number ? `由${replacement.number}替代` : '不再使用'}`
		: null;

/** Everything a template reads, as JSON: strings ready to set, SVG for signatures, names of photo files. */
export function present(content: DocumentContent) {
	const { agency, enterprise } = content;
	const wording = agency.template;
	return {
		kind: content.kind,
		track: content.track,
		...headingOf(content.kind, content.track),
		number: content.number,
		isPreview: content.isPreview ?? false,
		qrCaption: qrCaption(content),
		provisionalCode: content.provisionalCode,
		correction: presentCorrection(content),
		replacement: presentReplacement(content),
		isSample: content.isSample || wording.isSample || isAct(content),
		issuedOn: chineseDate(content.issuedOn),
		agency: {
			name: agency.name,
			authority: wording.authority[content.track],
			remedy: content.track === 'A' ? wording.remedy : null,
			signatory: isAct(content)
				? wording.signatories.acts
				: content.track === 'C'
					? null
					: wording.signatories[content.track],
			reportsTo: wording.reportsTo,
			filingDepartment: wording.filingDepartment,
			contact: wording.contact
				? [wording.contact.name, wording.contact.phone].filter(Boolean).join('，')
				: null
		},
		enterprise: {
			name: oneLine(enterprise.name),
			creditCode: orNothing(enterprise.creditCode),
			address: oneLine(enterprise.address),
			principalName: orNothing(enterprise.principalName),
			principalDuty: orNothing(enterprise.principalDuty),
			principalPhone: orNothing(enterprise.principalPhone)
		},
		inspectors: presentInspectors(content),
		onSite: presentOnSite(content.onSite),
		verify: content.isPreview
			? null
			: { code: shortHash(content.record.sha256), url: content.record.verifyUrl },
		photos: content.photos.map((photo) => ({ sha256: photo.sha256, caption: caption(photo) })),
		form: presentKind(content)
	};
}
export type Presentation = ReturnType<typeof present>;
