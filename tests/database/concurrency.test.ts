/**
 * Eight clients seal at once while a reader follows the feed. Eight seconds by default; the long run is
 * `MINGCHA_CONCURRENCY_SECONDS=60 npx vitest run --config tests/vitest.config.ts --project database tests/database/concurrency.test.ts`,
 * on PostgreSQL with `MINGCHA_TEST_DATABASE=postgres` before it.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectValue } from '#lib/backend/answer.ts';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { cosignInspection, offerForCosigning } from '#lib/record/cosign.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import type { SealAnswer } from '#lib/record/sealAnswer.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { recheck } from './record/sealed.ts';
import { ids } from './record/street.ts';
import { alarmHazard, cleanVisit, drawn, withHazard } from './record/visit.ts';
import {
	makeNeighbourhood,
	must,
	photographed,
	visitTo,
	type Checker,
	type Neighbourhood
} from './support/neighbourhood.ts';
import { faultsOf } from './support/sealedState.ts';
import { openTestBackend, testDatabase, type TestBackend } from './support/testBackend.ts';

const seconds = Number(process.env.MINGCHA_CONCURRENCY_SECONDS ?? 8);
const clientCount = 8;

let opened: TestBackend;
let place: Neighbourhood;
let clients: SealingClient[];
const enterprises = [...Array(6).keys()].map((n) => `00000000-0000-4000-8000-00000000ee0${n}`);

type Sealed = Extract<SealAnswer, { state: 'sealed' }>;

/** One person with one phone, and what they were told. */
interface SealingClient {
	checker: Checker;
	companion: Checker | null;
	photo: string;
	/** Hazards of theirs that wait for a recheck. */
	open: { enterpriseId: string; inspectionId: string; hazardIds: string[] }[];
	acknowledged: { content: InspectionContent; sealed: Sealed }[];
}

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
	await opened.sql(
		`insert into public.enterprises (id, scope, name, credit_code_absence, address, site_type)
		select x.id::uuid, case when x.n % 2 = 1 then '00010001' else '00010002' end, '示例店' || x.n, '个体经营', '', 'restaurant'
		from jsonb_array_elements_text($1::jsonb) with ordinality x(id, n)`,
		[JSON.stringify(enterprises)]
	);
	const inspectors = await Promise.all([...Array(clientCount - 1).keys()].map(makeInspector));
	const he: Checker = { person: place.he, name: '何社工', licence: null, agencyId: ids.agency };
	clients = await Promise.all(
		[...inspectors, he].map(async (checker, number) => ({
			checker,
			companion: checker === he ? null : inspectors[(number + 1) % inspectors.length]!,
			photo: await photographed(opened, place, checker.person, 1000 + number),
			open: [],
			acknowledged: []
		}))
	);
});
afterAll(() => opened.close());

async function makeInspector(number: number): Promise<Checker> {
	const person = await opened.signUp(`inspector${number}@example.cn`);
	const checker = { person, name: `检查员${number}`, licence: `示例9${number}00`, agencyId: ids.agency };
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name, licence_number, licence_valid_until)
		values ($1, 'inspector', $2, '0001', $3, $4, '2099-12-31')`,
		[person.userId, ids.agency, checker.name, checker.licence]
	);
	return checker;
}

const someone = (from: readonly string[], turn: number, client: number) =>
	from[(turn * 5 + client * 3) % from.length]!;

/** What this client seals next: found, rechecked with something new found, clean, or signed by two. */
function nextVisit(client: SealingClient, index: number, turn: number): InspectionContent {
	const at = new Date(Date.now() - 30 * 60_000);
	const today = shanghaiDate(at);
	const isReport = client.companion === null;
	const reachable = isReport ? enterprises.filter((_, n) => n % 2 === 1) : enterprises;
	const enterpriseId = someone(reachable, turn, index);
	const alarm = (deadline: string | null) => alarmHazard(place, deadline, { photos: [client.photo] });
	const by = (visit: InspectionContent, id = enterpriseId) => visitTo(visit, id, client.checker);
	const withPhoto = (visit: InspectionContent): InspectionContent => ({
		...visit,
		evidence: [
			{ sha256: client.photo, bytes: 75, mediaType: 'image/png', takenAt: at.toISOString(), position: null }
		]
	});
	const clean = cleanVisit({ street: place, at });
	if (isReport) return by(withPhoto(withHazard(clean, alarm(addDays(today, 5)))));
	const due = turn % 4 === 2 ? client.open.shift() : undefined;
	if (due) {
		const again = recheck(place, at, due.inspectionId, due.hazardIds);
		const extra = alarmHazard(place, today, {
			itemId: null,
			itemCode: null,
			severity: turn % 8 === 2 ? 'major' : 'general'
		});
		return by({ ...again, hazards: [extra] }, due.enterpriseId);
	}
	if (turn % 4 === 3) return { ...by(clean), companionId: client.companion!.person.userId };
	if (turn % 4 === 1) return by(withPhoto(withHazard(clean, alarm(null))));
	const exit = {
		itemId: place.items.exit,
		itemCode: 'exit.clear',
		severity: 'major',
		description: '疏散出口上锁'
	} as const;
	return by(withPhoto(withHazard(withHazard(clean, alarm(today)), alarmHazard(place, today, exit))));
}

async function cosigned(client: SealingClient, content: InspectionContent): Promise<void> {
	const { person, name, licence } = client.companion!;
	const offer = await offerForCosigning(place.as(client.checker.person), content);
	if (!offer.ok) throw new Error(`offer: got ${offer.problem.code}`);
	const { contentSha256 } = offer.value;
	const signature = {
		userId: person.userId,
		name,
		licence,
		signature: drawn,
		at: content.device.endedAt,
		contentSha256
	};
	const signed = await cosignInspection(place.as(person), content.id, signature);
	if (!signed.ok) throw new Error(`cosign: got ${signed.problem.code}`);
}

async function seal(client: SealingClient, content: InspectionContent): Promise<Sealed> {
	const answer = await sealInspection(opened.backend, place.as(client.checker.person), content);
	if (!answer.ok || answer.value.state !== 'sealed')
		throw new Error(`seal: got ${JSON.stringify(answer)}, expected sealed`);
	return answer.value;
}

async function work(client: SealingClient, index: number, until: number): Promise<void> {
	for (let turn = index; Date.now() < until; turn++) {
		const content = nextVisit(client, index, turn);
		if (content.companionId) await cosigned(client, content);
		// The network is bad now and then: the same seal arrives twice at the same time.
		const sent = turn % 7 === 0 ? [content, content] : [content];
		const [sealed, again] = await Promise.all(sent.map((body) => seal(client, body)));
		if (again) expect(again).toEqual(sealed);
		client.acknowledged.push({ content, sealed: sealed! });
		const hazardIds = content.hazards.filter(({ deadline }) => deadline).map(({ id }) => id);
		if (client.companion && hazardIds.length)
			client.open.push({ enterpriseId: content.enterprise.id, inspectionId: content.id, hazardIds });
	}
}

interface FeedEvent {
	position: number;
	kind: string;
	data: { inspectionId?: string };
}

/** Follows the feed as the server's reader does, in small pages, while it grows. */
async function follow(isOver: () => boolean): Promise<FeedEvent[]> {
	const read: FeedEvent[] = [];
	for (;;) {
		const wasOver = isOver();
		const { events } = expectValue<{ events: FeedEvent[] }>(
			await opened.backend
				.asService('event reader')
				.rpc('read_events', { p_after: read.at(-1)?.position ?? 0, p_limit: 7 })
		);
		read.push(...events);
		if (wasOver && events.length === 0) return read;
		if (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

test(
	`eight clients at once for ${seconds} s: numbers, chain, feed and tallies hold`,
	async () => {
		let isOver = false;
		const reading = follow(() => isOver);
		const started = Date.now();
		const ended = await Promise.allSettled(
			clients.map((client, index) => work(client, index, started + seconds * 1000))
		);
		isOver = true;
		const read = await reading;
		expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);

		const acknowledged = clients.flatMap((client) => client.acknowledged);
		const perSecond = acknowledged.length / ((Date.now() - started) / 1000);
		console.info(
			`${testDatabase()}: ${acknowledged.length} seals by ${clientCount} clients, ${perSecond.toFixed(1)} a second, ${read.length} events`
		);
		for (const { acknowledged: own } of clients) expect(own.length).toBeGreaterThan(0);

		// Nobody skipped, nobody twice: what the reader saw while it happened is what stands there afterwards.
		expect(read.map(({ position }) => position)).toEqual(read.map((_, index) => index + 1));
		const announced = read.flatMap(({ kind, data }) =>
			kind === 'inspection.sealed' ? [data.inspectionId] : []
		);
		expect([...announced].sort()).toEqual(acknowledged.map(({ content }) => content.id).sort());

		expect(await faultsOf(opened.sql)).toEqual([]);
		const { drift } = await must<{ drift: unknown[] }>(
			opened.backend.asService('start-up').rpc('recount_tallies', { p_repair: false })
		);
		expect(drift).toEqual([]);
		const numbers = await opened.sql<{ id: string; numbers: string[] }>(
			`select inspection_id as id, jsonb_agg(number_text order by kind) as numbers from public.documents group by 1`
		);
		const stored = new Map(numbers.map((row) => [row.id, row.numbers]));
		for (const { content, sealed } of acknowledged)
			expect(sealed.documents.map(({ numberText }) => numberText)).toEqual(stored.get(content.id) ?? []);
		const tracks = new Set(acknowledged.map(({ sealed }) => sealed.track));
		expect([...tracks].sort()).toEqual(['A', 'B', 'C']);
	},
	seconds * 1000 + 120_000
);

test('a changed content is refused while the first one is being sealed', async () => {
	const client = clients[0]!;
	const content = nextVisit(client, 0, 1);
	const other = { ...content, place: '前厅', deliveryId: randomUUID() };
	const as = place.as(client.checker.person);
	const answers = await Promise.all([content, other].map((body) => sealInspection(opened.backend, as, body)));
	const codes = answers.map((answer) => (answer.ok ? answer.value.state : answer.problem.code));
	expect(codes.sort()).toEqual(['inspection.already_sealed', 'sealed']);
	expect(await faultsOf(opened.sql)).toEqual([]);
});

test('a recount finds a counter that is wrong, says what it should be, and mends it when asked to', async () => {
	const service = opened.backend.asService('start-up');
	const recount = (p_repair: boolean) =>
		must<{ drift: { table: string; counted: unknown; expected: unknown }[] }>(
			service.rpc('recount_tallies', { p_repair })
		);
	await opened.sql(
		'update public.tally_flows set found = found + 3 where ctid = (select min(ctid) from public.tally_flows)'
	);
	await opened.sql(
		'delete from public.tally_visits where ctid = (select min(ctid) from public.tally_visits)'
	);
	await opened.sql(
		`insert into public.tally_deadlines values ('00010001', 'restaurant', 'general', '2020-01-01', 1)`
	);
	const tables = (drift: { table: string }[]) => drift.map(({ table }) => table).sort();
	expect(tables((await recount(false)).drift)).toEqual(['tally_deadlines', 'tally_flows', 'tally_visits']);
	expect(tables((await recount(true)).drift)).toHaveLength(3);
	expect((await recount(false)).drift).toEqual([]);
	expect(await faultsOf(opened.sql)).toEqual([]);
	const refused = await place.as(place.gao).rpc('recount_tallies', { p_repair: true });
	expect(refused.data).toMatchObject({ ok: false, problem: { code: 'permission.role' } });
});
