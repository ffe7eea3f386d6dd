import { readAnswer } from '#lib/backend/answer.ts';
import type { Client, EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { takeMajorStep } from '#lib/hazard/major/major.server.ts';
import type { MajorAct } from '#lib/hazard/major/major.ts';
import type { Result } from '#lib/problem.ts';
import { fileMajorStep } from '#lib/record/deliveredMajor.server.ts';

interface SampleMajor {
	id: string;
	deliveryId: string;
	enterpriseName: string;
	description: string;
	foundOn: IsoDate;
	acceptedOn: IsoDate | null;
	deadline: IsoDate;
	/** Who found it; somebody else reviews the plan. */
	inspectorId: string;
}

const readMajors = (backend: EmbeddedBackend, where: string): Promise<SampleMajor[]> =>
	backend.sql<SampleMajor>(
		`select h.id, d.id as "deliveryId", e.name as "enterpriseName", h.description, h.found_on::text as "foundOn", h.accepted_on::text as "acceptedOn",
			h.deadline::text as deadline, i.inspector_id as "inspectorId"
		from public.hazards h join public.enterprises e on e.id = h.enterprise_id join public.inspections i on i.id = h.inspection_id
		join public.deliveries d on d.inspection_id = i.id
		where h.severity = 'major' and ${where} order by h.found_on, h.id`
	);

/** A plan as a small place would write it: the hazard in its own words, the six parts and the 五落实. */
const planFor = ({ description, deadline }: SampleMajor): Record<string, string> => ({
	situation: `${description}。平时检查不到位，发现后没有及时处理。`,
	difficulty: '一旦发生事故可能造成人员伤亡；需要停用、采购并由专业单位施工，不能当场改正。',
	goals: '期限内彻底消除隐患，达到有关标准，并经验收合格。',
	methods: '委托有资质的单位施工，完工后自检并留存记录。',
	funds: '预算五千元，由本单位安全投入列支；材料已下单。',
	organisation: '主要负责人总负责，安全管理员现场负责，施工单位两人。',
	schedule: `三日内完成采购，${deadline} 前完成施工和自检。`,
	safety: '治理期间停用相关部位，设警戒和专人看守；突发情况立即撤人并报告。',
	responsible: '主要负责人总负责，安全管理员具体落实',
	action: '停用、隔离、更换、测试，逐项签字',
	budget: '5000元，安全生产投入',
	dueOn: deadline,
	contingency: '现场处置方案，施工前演练一次'
});

interface People {
	leader: { userId: string; name: string };
	/** Two, so that nobody reviews what they found themselves. */
	reviewers: { userId: string; name: string }[];
}

/** What was treated and accepted in the history was planned, and delisted some days later by the leader. */
export async function loadPastMajors(
	backend: EmbeddedBackend,
	{ leader, reviewers }: People,
	until: IsoDate
): Promise<void> {
	const steps = (await readMajors(backend, `h.state = 'accepted'`)).flatMap((major) => {
		const delistedOn = addDays(major.acceptedOn!, 2);
		const reviewer = reviewers.find(({ userId }) => userId !== major.inspectorId)!;
		const step = (day: IsoDate, hour: string, who: { userId: string | null; name: string }) => ({
			hazard: major.id,
			by: who.userId,
			name: who.name,
			at: `${day}T${hour}:00:00+08:00`
		});
		const course = [
			{
				...step(addDays(major.foundOn, 1), '10', { userId: null, name: '主要负责人' }),
				step: { act: 'file_plan', says: planFor(major) }
			},
			{ ...step(addDays(major.foundOn, 1), '16', reviewer), step: { act: 'accept_plan', says: {} } },
			...(delistedOn < until
				? [
						{
							...step(delistedOn, '15', leader),
							step: { act: 'delist', says: { note: '现场复核，资料齐全。' } }
						}
					]
				: [])
		];
		return course.map((one, seen) => ({ ...one, step: { id: crypto.randomUUID(), seen, ...one.step } }));
	});
	must(readAnswer(await backend.asService('start-up').rpc('load_major_history', { p_steps: steps })));
}

const must = (result: Result<unknown>): void => {
	if (!result.ok) throw new Error(`sample major: got ${JSON.stringify(result.problem)}, expected ok`);
};

/** What stands open on the last day, through the doors that people use: one stopped and listed, one whose plan waits. */
export async function loadOpenMajors(
	backend: EmbeddedBackend,
	leader: Client,
	today: IsoDate
): Promise<void> {
	const [first, second] = await readMajors(backend, `h.state = 'open'`);
	const take = async (major: SampleMajor, seen: number, act: MajorAct, says: Record<string, string>) =>
		must(await takeMajorStep(leader, major.id, { id: crypto.randomUUID(), act, seen, says, photos: [] }));
	const file = async (major: SampleMajor, seen: number) => {
		const { screenToken: token } = deliveryTokens(backend.keys.deliverySecret, major.deliveryId);
		const step = { id: crypto.randomUUID(), act: 'file_plan', seen, says: planFor(major), photos: [] };
		must(await fileMajorStep(backend, { token, hazardId: major.id }, { ...step, name: '主要负责人' }));
	};
	if (first) {
		await take(first, 0, 'order_stop', { kind: 'use', what: '隐患所在部位及相关设备', since: today });
		await file(first, 1);
		await take(first, 2, 'return_plan', { note: '经费来源和停用期间的看守人员没有写明，请补充。' });
		await take(first, 3, 'list', {
			number: '示例挂〔2026〕1号',
			until: addDays(today, 30),
			unit: first.enterpriseName,
			person: '主要负责人',
			supervisor: '示例检查员'
		});
	}
	if (second) await file(second, 0);
}
