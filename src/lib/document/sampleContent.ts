import { sampleAgencyTemplate } from './agencyTemplate.ts';
import type { DocumentContent, DocumentContentOf, PrintedHazard } from './content.ts';
import type { RiskBoard } from './riskBoard.ts';
import type { Strokes } from '#lib/inspection/inspection.ts';

/** Frozen documents of the story: inspectors 明远 and 若溪, the person in charge 安然, 示例餐饮店. All fictional. */

/** A wavy line such as a finger draws; `seed` makes different hands. */
export function drawnSignature(seed: number): Strokes {
	const stroke = (left: number, count: number) =>
		Array.from({ length: count }, (_, i) => ({
			x: left + i * 4,
			y: 75 + Math.sin(i * (0.35 + seed / 20)) * (34 - i / 2) + Math.cos(i * seed) * 6,
			t: i * 16
		}));
	return { widthPixels: 320, heightPixels: 150, strokes: [stroke(30, 22), stroke(110, 16), stroke(170, 28)] };
}

const recordSha256 = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';

const everyForm = {
	format: 'mingcha.document/1' as const,
	provisionalCode: null,
	issuedOn: '2026-11-22',
	agency: { name: '示例街道办事处', shortName: '示例', template: sampleAgencyTemplate },
	isSample: true,
	enterprise: {
		name: '示例街道香满楼餐饮店（个体工商户）',
		creditCode: '91000000MA1T00013A',
		address: '示例街道第一社区示例路18号一层',
		principalName: '安然',
		principalDuty: '店长',
		principalPhone: '138****0000'
	},
	inspectors: [
		{ name: '明远', licence: '示例执法0001', signature: drawnSignature(1) },
		{ name: '若溪', licence: '示例执法0002', signature: drawnSignature(2) }
	],
	onSite: {
		outcome: 'signed' as const,
		name: '安然',
		duty: '店长',
		phone: null,
		signature: drawnSignature(3),
		at: '2026-11-22T15:02:00+08:00'
	},
	deliveryUrl: 'https://mingcha.example/o/3kF9sQ2mZx7Lw0TtYb5RcVnE8uHj1PaG',
	record: { sha256: recordSha256, verifyUrl: `https://mingcha.example/v/${recordSha256}` },
	photos: []
};

export const gasAlarm: PrintedHazard = {
	number: 1,
	part: '后厨燃气间',
	description: '燃气间未安装可燃气体报警装置',
	severity: 'general',
	legalBasis: '《中华人民共和国安全生产法》第三十六条第四款',
	acceptance: '已安装，现场测试报警正常',
	measure: 'deadline',
	deadline: '2026-11-30'
};
export const blockedExit: PrintedHazard = {
	number: 2,
	part: '二层疏散通道',
	description: '疏散出口被货架堵塞，营业期间上锁',
	severity: 'major',
	legalBasis: '《中华人民共和国安全生产法》第四十二条',
	acceptance: '出口畅通，营业期间不上锁',
	measure: 'deadline',
	deadline: '2026-11-25'
};
export const looseWire: PrintedHazard = {
	number: 3,
	part: '收银台',
	description: '插线板电源线绝缘层破损',
	severity: 'general',
	legalBasis: null,
	acceptance: '更换合格插线板',
	measure: 'deadline',
	deadline: '2026-11-30'
};
const putRight: PrintedHazard = {
	...looseWire,
	number: 4,
	part: '大堂',
	description: '灭火器被杂物遮挡',
	acceptance: null,
	measure: 'on_spot',
	deadline: null
};

type TrackAB = 'A' | 'B';
const on = (track: TrackAB) => ({
	...everyForm,
	track,
	inspectors:
		track === 'A'
			? everyForm.inspectors
			: everyForm.inspectors.map((signer) => ({ ...signer, licence: null }))
});

export const sampleRecord = (track: TrackAB): DocumentContentOf<'inspection_record'> => ({
	...on(track),
	kind: 'inspection_record',
	number: track === 'A' ? '（示例）应急检记〔2026〕12号' : '（示例）安检记〔2026〕12号',
	inspectionKind: 'planned',
	place: '一层营业区、二层包厢、后厨',
	from: '2026-11-22T14:05:00+08:00',
	to: '2026-11-22T15:02:00+08:00',
	taskSource: '年度监督检查计划（示例）',
	inspectionOfYear: 2,
	assistants: ['知夏'],
	lines: [
		{
			code: 'R-01',
			part: '后厨燃气间',
			text: '使用燃气的，安装可燃气体报警装置并保障其正常使用',
			answer: 'fail'
		},
		{ code: 'R-02', part: '疏散通道', text: '疏散出口、通道畅通，营业期间不锁闭', answer: 'fail' },
		{ code: 'R-03', part: '用电', text: '电气线路、插座完好，无乱拉乱接', answer: 'fail' },
		{ code: 'R-04', part: '消防器材', text: '灭火器在有效期内、取用方便', answer: 'fail' },
		{ code: 'R-05', part: '后厨', text: '排油烟管道定期清洗并有记录', answer: 'pass' },
		{ code: 'R-06', part: '特种设备', text: '在用特种设备按期检验', answer: 'not_applicable' }
	],
	hazards: [
		{
			...gasAlarm,
			points: [{ clause: '10.1', text: '应急预案缺少现场处置措施的，记0.5分。', points: 50, waits: false }]
		},
		{
			...blockedExit,
			points: [{ clause: '15.3', text: '发现重大事故隐患的，每项记3分。', points: 300, waits: true }]
		},
		{ ...looseWire, points: [] },
		{
			...putRight,
			points: [
				{ clause: '15.2', text: '其他一般事故隐患，每项记0.5分。', points: 50, waits: false },
				{ clause: '减免1', text: '当场改正的，免除该项记分。', points: -50, waits: false }
			]
		}
	],
	scoring: { rules: '示例记分办法', points: 350 },
	verdicts: []
});

export const sampleOrder = (track: TrackAB): DocumentContentOf<'rectification_order'> => ({
	...on(track),
	kind: 'rectification_order',
	number: track === 'A' ? '（示例）应急责改〔2026〕9号' : '（示例）安检改〔2026〕9号',
	hazards: [gasAlarm, blockedExit, looseWire],
	electronicDelivery: true,
	adopts: null
});

export const sampleOpinion = (track: TrackAB): DocumentContentOf<'recheck_opinion'> => ({
	...on(track),
	kind: 'recheck_opinion',
	number: track === 'A' ? '（示例）应急复查〔2026〕3号' : '（示例）安检复〔2026〕3号',
	issuedOn: '2026-12-01',
	onSite: { ...everyForm.onSite, at: '2026-12-01T09:40:00+08:00' },
	recheckedOn: '2026-12-01',
	order: {
		number: track === 'A' ? '（示例）应急责改〔2026〕9号' : '（示例）安检改〔2026〕9号',
		issuedOn: '2026-11-22'
	},
	verdicts: [
		{ ...verdictOf(gasAlarm), passed: true, note: '已安装并现场测试报警', newDeadline: null },
		{ ...verdictOf(blockedExit), passed: true, note: null, newDeadline: null },
		{ ...verdictOf(looseWire), passed: false, note: '仍使用原插线板', newDeadline: '2026-12-08' }
	]
});

function verdictOf({ number, part, description }: PrintedHazard) {
	return { number, part, description };
}

export const sampleReport = (): DocumentContentOf<'hazard_report'> => ({
	...everyForm,
	kind: 'hazard_report',
	track: 'C',
	number: '（示例）隐患报〔2026〕5号',
	inspectors: [{ name: '知夏', licence: null, signature: drawnSignature(4) }],
	community: '示例街道第一社区居民委员会',
	foundAt: '2026-11-22T10:20:00+08:00',
	hazards: [gasAlarm, { ...looseWire, number: 2, deadline: null }]
});

export const sampleScores = (track: TrackAB): DocumentContentOf<'score_sheet'> => {
	const { hazards, scoring } = sampleRecord(track);
	return {
		...on(track),
		kind: 'score_sheet',
		number: track === 'A' ? '（示例）应急记分〔2026〕6号' : '（示例）安记分〔2026〕6号',
		inspectedOn: '2026-11-22',
		recordNumber: sampleRecord(track).number,
		rules: scoring!.rules,
		lines: hazards
			.flatMap(({ description, points }) => points.map((one) => ({ ...one, finding: description })))
			.map((line, index) => ({ ...line, number: index + 1 })),
		points: scoring!.points,
		account: { before: 450, after: 500, pendingAfter: 800, bandBefore: '正常', bandAfter: '预警' }
	};
};

/** 秋实, who is in charge of the street, issues papers outside of inspections. */
const actForm = {
	...everyForm,
	track: 'B' as const,
	agency: {
		...everyForm.agency,
		template: { ...sampleAgencyTemplate, contact: { name: '明远', phone: '000-00000000' } }
	},
	inspectors: [{ name: '秋实', licence: null, signature: null }],
	onSite: null
};

export const samplePlan = (): DocumentContentOf<'inspection_plan'> => ({
	...actForm,
	kind: 'inspection_plan',
	number: '（示例）安检方案〔2026〕8号',
	deliveryUrl: null,
	body: {
		kind: 'inspection_plan',
		matter: '年度监督检查计划（示例）',
		items: ['燃气使用和报警装置', '疏散通道和安全出口', '上次检查隐患的整改情况'],
		day: '2026-11-25',
		basis: '《中华人民共和国安全生产法》第九条第二款',
		inspectionKind: 'planned',
		officers: [
			{ userId: '00000000-0000-4000-8000-000000000001', name: '明远', licence: '示例执法0001' },
			{ userId: '00000000-0000-4000-8000-000000000002', name: '若溪', licence: '示例执法0002' }
		],
		nthOfYear: 2,
		checklists: ['餐饮店检查表（示例）', '通用检查表（示例）'],
		drafter: { userId: '00000000-0000-4000-8000-000000000001', name: '明远' }
	}
});

export const sampleNotice = (): DocumentContentOf<'inspection_notice'> => ({
	...actForm,
	kind: 'inspection_notice',
	number: '（示例）安检通〔2026〕4号',
	body: {
		kind: 'inspection_notice',
		matter: '年度监督检查计划（示例）',
		items: ['燃气使用和报警装置', '疏散通道和安全出口', '用电线路'],
		day: '2026-11-25',
		basis: '《中华人民共和国安全生产法》第九条第二款',
		officers: [
			{ userId: '00000000-0000-4000-8000-000000000001', name: '明远', licence: '示例执法0001' },
			{ userId: '00000000-0000-4000-8000-000000000002', name: '若溪', licence: null }
		],
		nthOfYear: 2,
		preparations: ['安全生产责任制', '近一年的隐患排查记录']
	}
});

export const sampleRequest = (): DocumentContentOf<'assistance_request'> => ({
	...actForm,
	kind: 'assistance_request',
	number: '（示例）安协查〔2026〕2号',
	deliveryUrl: null,
	body: {
		kind: 'assistance_request',
		matter: '检查时发现经营范围与登记不一致',
		items: ['核实登记的经营范围', '提供近一年的变更登记情况'],
		day: '2026-12-02',
		basis: null,
		addressee: '示例区市场监督管理局'
	}
});

export const sampleReminder = (): DocumentContentOf<'reminder_notice'> => ({
	...actForm,
	kind: 'reminder_notice',
	number: '（示例）安提示〔2026〕31号',
	body: {
		kind: 'reminder_notice',
		matter: '近日气温下降，用气量增加',
		items: ['每日营业前检查燃气软管和阀门', '营业结束后关闭总阀', '报警装置每月测试一次'],
		day: '2026-11-30',
		basis: '《中华人民共和国安全生产法》第三十六条第四款'
	}
});

export const sampleCard = (): DocumentContentOf<'supervision_card'> => ({
	...actForm,
	kind: 'supervision_card',
	number: '（示例）安督办〔2026〕7号',
	deliveryUrl: null,
	body: {
		kind: 'supervision_card',
		matter: '疏散出口被堵，责令整改期限已过',
		items: ['到场核实整改情况', '督促恢复疏散出口畅通', '报送整改后的照片'],
		day: '2026-11-28',
		basis: null,
		addressee: '示例街道第一社区居民委员会'
	}
});

export const sampleOverdueReport = (): DocumentContentOf<'overdue_report'> => ({
	...actForm,
	kind: 'overdue_report',
	number: '（示例）安逾报〔2026〕2号',
	deliveryUrl: null,
	body: {
		kind: 'overdue_report',
		matter: '《限期整改意见书》（示例）安检改〔2026〕12号所列2项隐患，整改期限届满17天仍未整改',
		items: [
			'后厨：燃气间未安装可燃气体报警装置，整改期限2026年11月5日',
			'前厅：疏散出口被货架堵塞，整改期限2026年11月5日'
		],
		day: '2026-12-02',
		basis: null,
		addressee: '示例区应急管理局',
		measures: [
			'2026年11月6日发出《安全生产提示单》（示例）安提示〔2026〕31号',
			'2026年11月13日发出《安全生产督办卡》（示例）安督办〔2026〕7号'
		]
	}
});

export const sampleSupervisionOpinion = (): DocumentContentOf<'supervision_opinion'> => ({
	...actForm,
	kind: 'supervision_opinion',
	number: '（示例）安督查〔2026〕3号',
	body: {
		kind: 'supervision_opinion',
		matter: '你单位隐患排查治理情况',
		items: ['隐患排查记录不完整，应当逐项记录并由负责人签字', '未向从业人员通报排查情况，应当在公示栏公布'],
		day: '2026-12-10',
		basis: '《中华人民共和国安全生产法》第四十一条',
		supervisedOn: '2026-11-20'
	}
});

export const sampleBoard = (paper: RiskBoard['paper']): RiskBoard => ({
	paper,
	isSample: true,
	enterprise: {
		name: '示例街道香满楼餐饮店（个体工商户）',
		creditCode: '91000000MA1T00013A',
		address: '示例街道第一社区示例路18号一层',
		principalName: '安然'
	},
	emergencyPhone: '安然 000-00000001',
	supervision: { name: '示例街道办事处', phone: '000-00000000' },
	points: [
		{
			level: 'low',
			name: '收银台用电',
			place: '一层收银台',
			accident: '触电',
			measures: '每月检查插线板',
			department: null,
			responsible: '知夏'
		},
		{
			level: 'major',
			name: '燃气使用',
			place: '后厨燃气间',
			accident: '可燃气体爆炸',
			measures: '安装报警装置并每月测试；软管不超过使用年限；营业结束关闭总阀',
			department: '后厨',
			responsible: '安然'
		},
		{
			level: 'general',
			name: '油锅加热',
			place: '后厨灶台',
			accident: '火灾',
			measures: '人离火熄，灶边配灭火毯',
			department: '后厨',
			responsible: '若溪'
		},
		{
			level: 'considerable',
			name: '排油烟管道',
			place: '后厨',
			accident: '火灾',
			measures: '每季度清洗并记录',
			department: '后厨',
			responsible: '若溪'
		},
		{
			level: null,
			name: '冷库',
			place: '地下一层',
			accident: null,
			measures: null,
			department: null,
			responsible: null
		}
	],
	plateUrl: 'https://mingcha.example/enterprises/00000000-0000-7000-8000-000000000001',
	madeOn: '2026-11-22'
});

/** Every kind on every track on which it exists, under a name for pictures. */
export const everySample = (): [name: string, content: DocumentContent][] => [
	['record-a', sampleRecord('A')],
	['record-b', sampleRecord('B')],
	['order-a', sampleOrder('A')],
	['order-b', sampleOrder('B')],
	['opinion-a', sampleOpinion('A')],
	['opinion-b', sampleOpinion('B')],
	['report-c', sampleReport()],
	['scores-a', sampleScores('A')],
	['scores-b', sampleScores('B')],
	['inspection-plan', samplePlan()],
	['inspection-notice', sampleNotice()],
	['assistance-request', sampleRequest()],
	['reminder-notice', sampleReminder()],
	['supervision-card', sampleCard()],
	['overdue-report', sampleOverdueReport()],
	['supervision-opinion', sampleSupervisionOpinion()]
];
