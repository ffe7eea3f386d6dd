import { readFile } from 'node:fs/promises';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { packDocument, parsePack } from '#scoring';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';

/** Two streets with a community each and a second one in the first; people of every role; two restaurants. */
export interface Street {
	agencyId: string;
	/** Licensed inspectors of street 0001. */
	wang: Person;
	li: Person;
	/** Inspector of street 0001 without a 执法证. */
	zhao: Person;
	/** Community worker of 00010001. */
	chen: Person;
	/** Inspector of street 0002. */
	sun: Person;
	/** Principal of the first restaurant. */
	qian: Person;
	/** In 00010001. */
	restaurantId: string;
	/** In 00010002. */
	tavernId: string;
	versionId: string;
	items: { alarm: string; exit: string };
	as(person: Person): Client;
}

export const ids = {
	agency: '00000000-0000-4000-8000-0000000000a1',
	otherAgency: '00000000-0000-4000-8000-0000000000a2',
	restaurant: '00000000-0000-4000-8000-0000000000e1',
	tavern: '00000000-0000-4000-8000-0000000000e2',
	version: '00000000-0000-4000-8000-0000000000c2',
	alarm: '00000000-0000-4000-8000-0000000000d1',
	exit: '00000000-0000-4000-8000-0000000000d2'
};
export const licences = { wang: '示例0001', li: '示例0002' };

export async function makeStreet(test: TestBackend): Promise<Street> {
	const { sql } = test;
	const people = {
		wang: await test.signUp('wang@example.cn'),
		li: await test.signUp('li@example.cn'),
		zhao: await test.signUp('zhao@example.cn'),
		chen: await test.signUp('chen@example.cn'),
		sun: await test.signUp('sun@example.cn'),
		qian: await test.signUp('qian@example.cn')
	};
	await sql(
		`insert into public.agencies (id, scope, name, short_name, may_enforce) values
		($1, '0001', '示例街道安监所', '示例', true), ($2, '0002', '另一街道安监所', '另一', false)`,
		[ids.agency, ids.otherAgency]
	);
	const member = (person: Person, role: string, scope: string, name: string, more: (string | null)[] = []) =>
		sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name, licence_number, licence_valid_until, enterprise_id)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[
				person.userId,
				role,
				role === 'principal' ? null : scope.startsWith('0002') ? ids.otherAgency : ids.agency,
				scope,
				name,
				more[0] ?? null,
				more[1] ?? null,
				more[2] ?? null
			]
		);
	await installSampleRules(test.backend.asService('start-up'));
	await sql(`insert into public.areas (scope, level) values ('0001', 'street'), ('0002', 'street')`);
	await sql(
		`insert into public.enterprises (id, scope, name, credit_code, address, site_type, location, location_source) values
		($1, '00010001', '示例餐饮店', '91000000MA1T00013A', '示例路1号', 'restaurant', extensions.st_setsrid(extensions.st_makepoint(121.001, 31.001), 4326), 'import'),
		($2, '00010002', '示例酒馆', '91000000MA1T000215', '示例路2号', 'restaurant', extensions.st_setsrid(extensions.st_makepoint(121.002, 31.002), 4326), 'import')`,
		[ids.restaurant, ids.tavern]
	);
	await member(people.wang, 'inspector', '0001', '王检', [licences.wang, '2027-12-31']);
	await member(people.li, 'inspector', '0001', '李检', [licences.li, '2027-12-31']);
	await member(people.zhao, 'inspector', '0001', '赵检');
	await member(people.chen, 'community_worker', '00010001', '陈社工');
	await member(people.sun, 'inspector', '0002', '孙检');
	await member(people.qian, 'principal', '00010001', '钱总', [null, null, ids.restaurant]);
	return {
		agencyId: ids.agency,
		...people,
		restaurantId: ids.restaurant,
		tavernId: ids.tavern,
		versionId: ids.version,
		items: { alarm: ids.alarm, exit: ids.exit },
		as: (person) => test.backend.asUser(person.accessToken)
	};
}

/** One kind of site with its checklist, and the sample pack. */
export async function installSampleRules(service: Client): Promise<void> {
	const dictionary = await service.rpc('install_dictionary', { p_dictionary: dictionaryOf() });
	if (dictionary.error) throw new Error(dictionary.error.message);
	await installPack(service);
}

function dictionaryOf() {
	const item = (id: string, code: string, content: string) => ({
		id,
		code,
		part: '后厨',
		content,
		hazard: `不合格：${content}`,
		acceptance: '合格',
		cause: 'object',
		daysToRectify: 7
	});
	return {
		siteTypes: [
			{ code: 'restaurant', nameZh: '餐饮店', nameEn: 'Restaurant', source: '示例', isSample: true }
		],
		riskTags: [],
		checklists: [
			{
				id: '00000000-0000-4000-8000-0000000000c1',
				code: 'restaurant',
				kind: 'site_type',
				siteType: 'restaurant',
				nameZh: '餐饮店检查表（示例）',
				nameEn: 'Restaurant (sample)',
				versionId: ids.version,
				version: 1,
				validFrom: '2025-01-01',
				source: '示例',
				isSample: true,
				items: [item(ids.alarm, 'gas.alarm', '燃气报警装置'), item(ids.exit, 'exit.clear', '疏散通道')]
			}
		]
	};
}

async function installPack(service: Client): Promise<void> {
	const text = await readFile(new URL('../../../scoring/packs/street-base.yaml', import.meta.url), 'utf8');
	const parsed = parsePack(text);
	if (!parsed.ok) throw new Error('street-base: got problems, expected a pack');
	const document = packDocument(parsed.pack);
	const { error } = await service.rpc('install_pack', {
		p_id: parsed.pack.id,
		p_sha256: await sha256Hex(canonicalText(document)),
		p_document: JSON.parse(canonicalText(document)),
		p_is_sample: true,
		p_default_from: '2024-01-01'
	});
	if (error) throw new Error(error.message);
}
