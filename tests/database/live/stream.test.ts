import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAssessor, type Assessor } from '#lib/assessment/account/assessor.server.ts';
import { shutDown } from '#lib/backend/shutdown.server.ts';
import { unpackEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import { createEventReader, feedOf, type EventReader } from '#lib/live/eventReader.server.ts';
import type { LiveMessage, Visibility } from '#lib/live/liveEvent.ts';
import { openLiveStream } from '#lib/live/stream.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let street: Street;
let reader: EventReader;
let assessor: Assessor;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-20T06:00:00Z');
	street = await makeStreet(opened);
	reader = createEventReader(feedOf(opened.backend), { pollMilliseconds: 50 });
	assessor = startAssessor(opened.backend, reader.poke);
});
afterAll(async () => {
	await assessor.close();
	await reader.close();
	await opened.close();
});

interface Line {
	id: number;
	event: string;
	data: LiveMessage;
}

/** Reads a stream as a browser does: blocks of `id`, `event`, `data`. */
function openPage(
	visibility: Visibility,
	after: number | null,
	more: { recheck?: () => Promise<Visibility | null> } = {}
) {
	const stream = openLiveStream({
		reader,
		after,
		visibility,
		recheck: more.recheck ?? (async () => visibility),
		recheckMilliseconds: 50,
		heartbeatMilliseconds: 60_000
	});
	const lines: Line[] = [];
	const source = stream
		.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
		.getReader();
	const ended = (async () => {
		for (let rest = ''; ;) {
			const { done, value } = await source.read();
			if (done) return;
			const blocks = (rest + value).split('\n\n');
			rest = blocks.pop()!;
			for (const block of blocks) {
				const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
				if (field('data'))
					lines.push({ id: Number(field('id')), event: field('event')!, data: JSON.parse(field('data')!) });
			}
		}
	})();
	return { lines, ended, leave: () => source.cancel() };
}

async function until<Value>(
	look: () => Value | undefined | false,
	withinMilliseconds = 5_000
): Promise<Value> {
	const started = Date.now();
	for (;;) {
		const seen = look();
		if (seen) return seen;
		if (Date.now() - started > withinMilliseconds)
			throw new Error(`until: got nothing in ${withinMilliseconds} ms`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

const sealHazard = async (hours: number) => {
	const visit = cleanVisit({ street, at: new Date(Date.UTC(2026, 10, 20, hours)) });
	const answer = await sealInspection(
		opened.backend,
		street.as(street.wang),
		withHazard(visit, alarmHazard(street, '2026-11-30'))
	);
	if (!answer.ok || answer.value.state !== 'sealed') throw new Error(`seal: got ${JSON.stringify(answer)}`);
	void assessor.poke([street.restaurantId]);
	reader.poke();
};

const ownStreet: Visibility = { scopes: ['0001'], enterprises: [] };
const otherStreet: Visibility = { scopes: ['0002'], enterprises: [] };
const neighbour: Visibility = { scopes: [], enterprises: [] };

describe('an open map', () => {
	test('is told of a seal and of the changed account, with what recolours the dot; other streets are told nothing', async () => {
		const leader = openPage(ownStreet, 0);
		const stranger = openPage(otherStreet, 0);
		const principal = openPage({ scopes: [], enterprises: [street.restaurantId] }, 0);
		const other = openPage({ ...neighbour, enterprises: [street.tavernId] }, 0);
		await sealHazard(1);
		const changed = await until(() => leader.lines.find(({ data }) => data.kind === 'account.changed'));
		expect(changed.data.enterpriseId).toBe(street.restaurantId);
		expect(unpackEnterprise(changed.data.enterprise!)).toMatchObject({
			id: street.restaurantId,
			band: { level: 'normal', name: '正常' },
			openHazards: 1,
			lastInspectedOn: '2026-11-20',
			points: 50
		});
		expect(changed.data.mapLine).toContain('normal');
		expect(leader.lines.map(({ data }) => data.kind)).toEqual(['inspection.sealed', 'account.changed']);
		await until(() => principal.lines.length === 2);
		expect(principal.lines.map(({ data }) => data.mapLine)).toEqual([null, null]);
		expect(stranger.lines).toEqual([]);
		expect(other.lines).toEqual([]);
		for (const page of [leader, stranger, principal, other]) await page.leave();
	});

	test('that lost its connection resumes after the last line it had: no gap, nothing twice', async () => {
		const first = openPage(ownStreet, 0);
		await until(() => first.lines.length >= 2);
		await first.leave();
		const lastId = first.lines.at(-1)!.id;
		await sealHazard(2);
		await sealHazard(3);
		const second = openPage(ownStreet, lastId);
		await until(() => second.lines.filter(({ data }) => data.kind === 'inspection.sealed').length === 2);
		await sealHazard(4);
		await until(() => second.lines.filter(({ data }) => data.kind === 'inspection.sealed').length === 3);
		await assessor.poke();
		await new Promise((resolve) => setTimeout(resolve, 200));
		const positions = [...first.lines, ...second.lines].map(({ id }) => id);
		const all = await opened.sql<{ position: number }>(
			// What is told at the top is for who is in charge there.
			`select position::int from public.events where scope <> '' order by position`
		);
		expect(positions).toEqual(all.map(({ position }) => position));
		await second.leave();
	});

	test('is told nothing more once the membership has ended', async () => {
		let visibility: Visibility | null = ownStreet;
		const page = openPage(ownStreet, null, { recheck: async () => visibility });
		visibility = null;
		await page.ended;
		await sealHazard(5);
		expect(page.lines).toEqual([]);
	});

	test('is let go when the server ends', async () => {
		const page = openPage(ownStreet, null);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await shutDown(600)).toEqual([]);
		await page.ended;
	});
});
