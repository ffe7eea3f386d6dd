import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { parsePack, packDocument } from '#scoring';
import { readFile } from 'node:fs/promises';
import { ids, makeStreet, type Street } from '../record/street.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';

/** The street under a town's scheme: 3 and 12 points, the highest band confirmed by two, five days to object. */
export interface Town extends Street {
	/** Leader and administrator of street 0001. */
	lin: Person;
	gao: Person;
	/** Leader of street 0002. */
	tang: Person;
	/** Principal of the tavern. */
	zhou: Person;
}

export const fourReasons = {
	facts: '现场查明，照片为证',
	law: '规则第1.3条',
	discretion: '按规则记分，无减免情形',
	treatment: '当事人未提出意见'
};

/** @param subject whose accounts the town's scheme keeps */
export async function makeTown(
	test: TestBackend,
	subject: 'enterprise' | 'principal' = 'enterprise'
): Promise<Town> {
	const street = await makeStreet(test);
	await installTownPack(test, subject);
	const people = {
		lin: await test.signUp('lin@example.cn'),
		gao: await test.signUp('gao@example.cn'),
		tang: await test.signUp('tang@example.cn'),
		zhou: await test.signUp('zhou@example.cn')
	};
	await test.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name, enterprise_id) values
		($1, 'leader', $5, '0001', '林书记', null), ($2, 'administrator', $5, '0001', '高主任', null),
		($3, 'leader', $6, '0002', '唐书记', null), ($4, 'principal', null, '00010002', '周掌柜', $7)`,
		[
			people.lin.userId,
			people.gao.userId,
			people.tang.userId,
			people.zhou.userId,
			ids.agency,
			ids.otherAgency,
			ids.tavern
		]
	);
	return { ...street, ...people };
}

async function installTownPack(test: TestBackend, subject: string): Promise<void> {
	const text = await readFile(new URL('../../../scoring/packs/street-base.yaml', import.meta.url), 'utf8');
	const parsed = parsePack(text);
	if (!parsed.ok) throw new Error('street-base: got problems, expected a pack');
	const base = packDocument(parsed.pack);
	const band = (index: number, more: object) => ({ ...base.bands[index]!, ...more });
	const document = {
		...base,
		id: 'town',
		subject,
		name: '示例镇记分规则（示例）',
		decides: { ...base.decides, people: 2, appeal_days: 5 },
		bands: [
			band(0, { name: 'D', from: 0, below: 3 }),
			band(1, { name: 'C', from: 3, below: 12 }),
			band(3, { key: 'top', name: 'A', from: 12, below: null, needs_confirmation: true })
		]
	};
	const content = canonicalText(document);
	const { error } = await test.backend.asService('start-up').rpc('install_pack', {
		p_id: 'town',
		p_sha256: await sha256Hex(content),
		p_document: JSON.parse(content),
		p_is_sample: true,
		p_default_from: null as unknown as string
	});
	if (error) throw new Error(error.message);
	await test.sql(
		`insert into public.scheme_activations (pack_id, pack_sha256, scope, valid_from)
		select id, sha256, '0001', '2024-01-01' from public.scheme_packs where id = 'town'`
	);
}

/** A major hazard at the restaurant: three points that wait. @returns the fact. */
export async function majorHazard(test: TestBackend, enterpriseId: string = ids.restaurant): Promise<string> {
	const [row] = await test.sql<{ id: string }>(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on, data)
		select id, scope, 'hazard.found', app.today(), '{"severity":"major"}' from public.enterprises where id = $1 returning id`,
		[enterpriseId]
	);
	await assessEnterprises(test.backend, [enterpriseId]);
	return row!.id;
}
