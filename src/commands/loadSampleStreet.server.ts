import { sign } from 'node:crypto';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client, EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { deliveryHashes } from '#lib/document/deliveryTokens.server.ts';
import { sampleAgencyTemplate } from '#lib/document/agencyTemplate.ts';
import { nameInitials } from '#lib/enterprise/register/nameInitials.ts';
import { hashInvitationToken, newInvitationToken } from '#lib/identity/invitationToken.server.ts';
import { recordText } from '#lib/record/sealInspection.server.ts';
import { loadSampleAlarms, loadSampleEvents } from './loadSampleEvents.server.ts';
import { loadOpenMajors, loadPastMajors } from './loadSampleMajors.server.ts';
import { loadSampleSupervisions } from './loadSampleSupervisions.server.ts';
import { loadSampleTipoffs } from './loadSampleTipoffs.server.ts';
import { loadSampleTasks } from './loadSampleTasks.server.ts';
import { sampleStreet, type SampleStreet } from './generate/sampleStreet.ts';
import type { SampleEnterprise } from './generate/enterprises.ts';
import type { SamplePerson } from './generate/people.ts';
import type { SampleInspection } from './generate/sealing.ts';
import { readSeedLibrary } from './generate/seedFiles.ts';

export interface LoadOptions {
	seed: number;
	until: IsoDate;
	/** Of every sample account; refused off loopback by the server (`isSamplePassword`). */
	password: string;
	progress(step: string, done: number, total: number): void;
}

export interface SampleAccount {
	role: SamplePerson['role'];
	name: string;
	email: string;
}

/** Seals are long texts; this many travel to the database in one call, which is one transaction. */
const sealsPerCall = 60;

/**
 * Fills an empty folder with the sample street through the same doors that people use: accounts by sign-up,
 * memberships by invitation, areas and enterprises by import, two years of visits by the seal itself.
 * Dictionary and packs must be installed (`startUp`).
 */
export async function loadSampleStreet(
	backend: EmbeddedBackend,
	options: LoadOptions
): Promise<SampleAccount[]> {
	const library = readSeedLibrary();
	const { seed, until } = options;
	const withoutAccounts = sampleStreet({ seed, until, scale: 'street', library });
	const accounts = withoutAccounts.people.filter((person) => person.isSampleAccount);
	const signedUp = await signUpAll(backend, accounts, options);
	const userIds = new Map([...signedUp].map(([email, { userId }]) => [email, userId]));
	const street = sampleStreet({ seed, until, scale: 'street', library, userIds });

	const administrator = street.people.find((person) => person.role === 'administrator')!;
	const client = backend.asUser(signedUp.get(administrator.email)!.accessToken);
	await becomeFirstAdministrator(backend, client, administrator);
	const scopes = await importAreas(client, street, options);
	await addAgencies(client, street, scopes);
	await importEnterprises(client, street.enterprises, options);
	await addMemberships(backend, street, scopes);
	await loadHistory(backend, street, options);
	await loadPastMajors(backend, majorPeople(street), until);
	await loadSampleTasks(backend, options);
	const as = (role: SamplePerson['role']) => {
		const person = accounts.find((one) => one.role === role)!;
		return backend.asUser(signedUp.get(person.email)!.accessToken);
	};
	await loadSampleEvents(backend, street.events, { leader: as('leader'), inspector: as('inspector') });
	await loadSampleAlarms(as('inspector'), street.alarms);
	await loadOpenMajors(backend, as('leader'), until);
	const inspector = accounts.find(({ role }) => role === 'inspector')!;
	await loadSampleSupervisions(
		{ leader: as('leader'), inspector: as('inspector') },
		signedUp.get(inspector.email)!.userId
	);
	await loadSampleTipoffs(backend, as('leader'), street.enterprises.slice(20, 23));
	return street.people
		.filter((person) => person.isSampleAccount)
		.map(({ role, name, email }) => ({ role, name, email }));
}

const majorPeople = ({ people }: SampleStreet) => {
	const named = people.map(({ id, name, role }) => ({ userId: id, name, role }));
	return {
		leader: named.find(({ role }) => role === 'leader')!,
		reviewers: named.filter(({ role }) => role === 'inspector')
	};
};

async function signUpAll(
	backend: EmbeddedBackend,
	people: SamplePerson[],
	{ password, progress }: LoadOptions
): Promise<Map<string, { userId: string; accessToken: string }>> {
	const signedUp = new Map<string, { userId: string; accessToken: string }>();
	for (const { email } of people) {
		const { data, error } = await backend.asAnonymous().auth.signUp({ email, password });
		if (error || !data.session)
			throw new Error(`sample account ${email}: got ${error?.message}, expected a session`);
		signedUp.set(email, { userId: data.session.user.id, accessToken: data.session.access_token });
		progress('accounts', signedUp.size, people.length);
	}
	return signedUp;
}

async function becomeFirstAdministrator(
	backend: EmbeddedBackend,
	client: Client,
	person: SamplePerson
): Promise<void> {
	const token = hashInvitationToken(newInvitationToken());
	expectOk(await backend.asService('start-up').rpc('bootstrap_administrator', { p_token_sha256: token }));
	expectOk(
		await client.rpc('accept_invitation', {
			p_token_sha256: token,
			p_display_name: person.name,
			p_agency: { name: '示例区应急管理局（虚构）', shortName: '示例' }
		})
	);
}

/** @returns scope by official code. */
async function importAreas(
	client: Client,
	street: SampleStreet,
	{ until }: LoadOptions
): Promise<Map<string, string>> {
	const lines = street.areas.map((area) => ({ ref: area.officialCode, ...area }));
	const answer = expectOk<{ refused: number; verdicts: unknown[] }>(
		await client.rpc('import_areas', {
			p_lines: lines as never,
			p_valid_from: `${Number(until.slice(0, 4)) - 3}-01-01`,
			p_source: '示例街道生成器',
			p_mode: 'all_or_nothing'
		})
	);
	if (answer.refused > 0)
		throw new Error(`sample areas: got ${JSON.stringify(answer.verdicts)}, expected all loaded`);
	const { data, error } = await client.from('current_areas').select('scope, official_code');
	if (error) throw new Error(`current_areas: got ${error.message}, expected the sample areas`);
	return new Map(data.map((area) => [area.official_code!, area.scope!]));
}

async function addAgencies(
	client: Client,
	{ agencies }: SampleStreet,
	scopes: Map<string, string>
): Promise<void> {
	for (const { areaCode, ...agency } of agencies)
		expectOk(
			await client.rpc('add_agency', {
				p_scope: scopes.get(areaCode)!,
				p_agency: { ...agency, template: sampleAgencyTemplate } as never
			})
		);
}

async function importEnterprises(
	client: Client,
	enterprises: SampleEnterprise[],
	{ progress }: LoadOptions
): Promise<void> {
	const lines = enterprises.map(({ principal, ...enterprise }) => ({
		...enterprise,
		ref: enterprise.id,
		nameInitials: nameInitials(enterprise.name),
		principalName: principal.name,
		principalPhone: principal.phone
	}));
	for (let from = 0; from < lines.length; from += 300) {
		const answer = expectOk<{ refused: number; verdicts: { verdict: string }[] }>(
			await client.rpc('import_enterprises', {
				p_lines: lines.slice(from, from + 300) as never,
				p_source: '示例街道生成器',
				p_mode: 'all_or_nothing'
			})
		);
		if (answer.refused > 0)
			throw new Error(
				`sample enterprises: got ${JSON.stringify(answer.verdicts.filter(({ verdict }) => !verdict.startsWith('loaded')).slice(0, 3))}, expected all loaded`
			);
		progress('enterprises', Math.min(from + 300, lines.length), lines.length);
	}
}

/** Most people of the sample only acted in the past and never sign in: they have a membership and no account. */
async function addMemberships(
	backend: EmbeddedBackend,
	street: SampleStreet,
	scopes: Map<string, string>
): Promise<void> {
	const rows = street.people
		.filter((person) => person.role !== 'administrator')
		.map((person) => ({
			user_id: person.id,
			role: person.role,
			agency_id: person.agencyId,
			scope: person.areaCode ? scopes.get(person.areaCode) : null,
			enterprise_id: person.enterpriseId,
			display_name: person.name,
			email: person.email,
			licence_number: person.licence?.number ?? null,
			licence_valid_until: person.licence?.validUntil ?? null
		}));
	await backend.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, enterprise_id, display_name, email, licence_number, licence_valid_until)
		select x.user_id, x.role, x.agency_id, coalesce(x.scope, (select e.scope from public.enterprises e where e.id = x.enterprise_id)),
			x.enterprise_id, x.display_name, x.email, x.licence_number, x.licence_valid_until
		from jsonb_to_recordset($1::jsonb) as x(user_id uuid, role text, agency_id uuid, scope text, enterprise_id uuid, display_name text,
			email text, licence_number text, licence_valid_until date)`,
		[JSON.stringify(rows)]
	);
}

async function loadHistory(
	backend: EmbeddedBackend,
	street: SampleStreet,
	{ progress }: LoadOptions
): Promise<void> {
	const inspections = [...street.history()];
	for (let from = 0; from < inspections.length; from += sealsPerCall) {
		const seals = await Promise.all(
			inspections.slice(from, from + sealsPerCall).map((each) => prepareSeal(backend, each))
		);
		expectOk(await backend.asService('start-up').rpc('load_history', { p_seals: seals }));
		progress('history', Math.min(from + sealsPerCall, inspections.length), inspections.length);
	}
}

/** What the server does before the transaction: canonical text, hash, signature, delivery hashes. */
async function prepareSeal({ keys }: EmbeddedBackend, { content, cosignature, sealedAt }: SampleInspection) {
	const contentText = canonicalText(content);
	const contentSha256 = await sha256Hex(contentText);
	const cosignatureText = cosignature && canonicalText({ ...cosignature, contentSha256 });
	const text = recordText(contentText, contentSha256, cosignatureText);
	return {
		contentText,
		recordText: text,
		cosignatureText,
		sealedAt,
		signature: sign(null, Buffer.from(text), keys.recordSigning.privateKey).toString('base64url'),
		keyId: keys.recordSigning.keyId,
		delivery: { ...deliveryHashes(keys.deliverySecret, content.deliveryId) }
	};
}

function expectOk<Value>(answer: Parameters<typeof readAnswer>[0]): Value {
	const read = readAnswer<Value>(answer);
	if (!read.ok) throw new Error(`sample street: got ${JSON.stringify(read.problem)}, expected ok`);
	return read.value;
}
