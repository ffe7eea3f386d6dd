import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { readTipoff, stepTipoff, submitTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { tipoffFormSchema } from '#lib/plan/tipoff/tipoff.ts';
import type { Result } from '#lib/problem.ts';

const must = <Value>(result: Result<Value>): Value => {
	if (!result.ok) throw new Error(`sample tip-off: got ${JSON.stringify(result.problem)}, expected ok`);
	return result.value;
};

/** One that waits, one that is taken up, one that was passed on. */
const samples = [
	{
		description: '后厨燃气软管老化开裂，路过能闻到气味，已经两天了。',
		act: 'accept',
		reply: '已安排检查人员到场核查。'
	},
	{ description: '夜里十点以后疏散通道锁着，里面还住着人。', act: null, reply: '' },
	{
		description: '门口消防栓被货架挡住，借道都困难。',
		act: 'transfer',
		reply: '消防栓由消防救援机构管理，已转办。'
	}
] as const;

/** What the public told of some sites of the sample street, through the doors that people use. */
export async function loadSampleTipoffs(
	backend: Backend,
	leader: Client,
	sites: readonly { id: string; name: string }[]
): Promise<void> {
	for (const [index, { description, act, reply }] of samples.entries()) {
		const site = sites[index]!;
		const form = tipoffFormSchema.parse({
			id: crypto.randomUUID(),
			enterprise: site.id,
			place: site.name,
			description,
			...(index === 0 && { origin: 'staff', name: '示例知情人', phone: '00000000000' })
		});
		must(await submitTipoff(backend, form, { files: [], address: form.id }));
		if (act === null) continue;
		const { steps } = must(await readTipoff(leader, form.id, ''));
		const enterprise = act === 'accept' ? site.id : null;
		must(await stepTipoff(leader, form.id, act, { seen: steps, enterprise, note: '', reply }));
	}
}
