import type { Client } from '#lib/backend/backend.server.ts';
import { addDays } from '#lib/calendar.ts';
import {
	assignSupervision,
	readSupervisionMatter,
	stepSupervision
} from '#lib/plan/supervision/supervision.server.ts';
import type { SupervisionAct, SupervisionKind } from '#lib/plan/supervision/supervision.ts';
import type { Result } from '#lib/problem.ts';
import { assignableKinds } from '#lib/tally/matters.ts';
import { readMatters } from '#lib/tally/overview.server.ts';

interface SampleSupervision {
	kind: SupervisionKind;
	demand: string;
	days: number;
	course: [by: 'leader' | 'inspector', act: SupervisionAct, note: string, days?: number][];
}

/** One of each state that a leader meets. */
const samples: SampleSupervision[] = [
	{ kind: 'major', demand: '请当日到场核实，落实专人盯守，销号前每三天报一次进展。', days: 5, course: [] },
	{
		kind: 'overdue',
		demand: '逾期未改，请上门督促并说明原因；整改到位后拍照。',
		days: 7,
		course: [['inspector', 'answer', '已上门，单位承诺三日内换装完毕，今天已开始施工。']]
	},
	{
		kind: 'report',
		demand: '社区上报已两天，请尽快核实采纳。',
		days: 3,
		course: [['inspector', 'ask_extension', '单位停业，负责人下周回来。', 10]]
	},
	{
		kind: 'event',
		demand: '请核对登记事项的凭证后报审。',
		days: 6,
		course: [
			['inspector', 'answer', '凭证已核对，无误。'],
			['leader', 'accept', '']
		]
	}
];

const must = <Value>(result: Result<Value>): Value => {
	if (!result.ok) throw new Error(`sample supervision: got ${JSON.stringify(result.problem)}, expected ok`);
	return result.value;
};

/** What the leader asks of the inspector, through the doors that people use. A kind without any matter is left out. */
export async function loadSampleSupervisions(
	people: Record<'leader' | 'inspector', Client>,
	inspectorId: string
): Promise<void> {
	const { rows, today } = await readMatters(people.leader, 1);
	for (const { kind, demand, days, course } of samples) {
		const enterprise = rows.find(
			(row) => row.kind === kind && assignableKinds.some((one) => one === kind)
		)?.enterpriseId;
		if (!enterprise) continue;
		const { hazards } = must(await readSupervisionMatter(people.leader, { enterprise }));
		const id = crypto.randomUUID();
		must(
			await assignSupervision(
				people.leader,
				{ enterprise },
				{
					id,
					kind,
					hazards: hazards.slice(0, 2).map((hazard) => hazard.id),
					owner: inspectorId,
					deadline: addDays(today, days),
					demand
				}
			)
		);
		for (const [index, [by, act, note, until]] of course.entries()) {
			const deadline = until === undefined ? null : addDays(today, until);
			must(await stepSupervision(people[by], id, act, { seen: index + 1, note, deadline }));
		}
	}
}
