/**
 * The wall screen over a day: its clock is held and let go minute by minute, while alarms come in at another place, four a
 * minute. What it holds after collection may grow by a twentieth (performance.md). `WALL_HOURS=1` makes it shorter.
 */
import { chromium } from '@playwright/test';
import { copySampleFolder } from '../e2e/support/sampleFolder.ts';
import { openDevice } from '../e2e/support/fixtures.ts';
import { startServer } from '../e2e/support/server.ts';
import { readEnterprises } from '../e2e/support/visit.ts';
import { heapOf, passMinutes, recordAlarm } from '../e2e/support/wall.ts';
import { installedChromium } from '../tools/systemPackages.ts';
import type { Bench, Comparison } from './bench.ts';

const hours = Number(process.env.WALL_HOURS ?? 24);
const alarmsPerMinute = 4;
const growthAllowed = 1.05;

async function run(say: (line: string) => void): Promise<Comparison[]> {
	const server = await startServer(await copySampleFolder());
	const executablePath = installedChromium();
	const browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
	});
	try {
		const { context, page } = await openDevice(browser, server, 'leader', { isPhone: false });
		const inspector = await openDevice(browser, server, 'inspector');
		const [site] = await readEnterprises(inspector.context);
		await page.setViewportSize({ width: 1920, height: 1080 });
		await page.clock.install();
		await page.goto('/screen');
		let events = 0;
		const passWithEvents = async (minutes: number): Promise<void> => {
			for (let minute = 0; minute < minutes; minute++) {
				for (let alarm = 0; alarm < alarmsPerMinute; alarm++)
					await recordAlarm(inspector.context, server.url, site!.id, `探头 ${events++}`);
				await passMinutes(page, 1);
			}
		};
		// With events, too: what the first ones compile and show is no growth of a day.
		await passWithEvents(30);
		const before = await heapOf(context, page);
		const started = Date.now();
		events = 0;
		await passWithEvents(hours * 60);
		const after = await heapOf(context, page);
		const took = Math.round((Date.now() - started) / 1000);
		say(`${hours} h with ${events} events in ${took} s; nodes ${before.nodes} → ${after.nodes}`);
		const ratio = before.bytes / after.bytes;
		return [
			{
				bench: 'screen',
				peer_name: 'half an hour after it was opened',
				ours: after.bytes,
				peer: before.bytes,
				unit: 'bytes of heap',
				ratio: Number(ratio.toPrecision(4)),
				goal: Number((1 / growthAllowed).toPrecision(4)),
				held: after.bytes <= before.bytes * growthAllowed
			}
		];
	} finally {
		await browser.close();
		await server.stop();
	}
}

export const bench: Bench = { name: 'screen', run };
