import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { scoreAttention } from '#lib/assessment/attention/attention.server.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { onSealed } from '#lib/record/afterSeal.server.ts';
import { attentionSchema, type AttentionParameters } from '#scoring';

/** A seal moves its whole street a little: once for all that are sealed within this time. */
const settleMilliseconds = 10_000;
/** Hazards leave the window, and deadlines pass, at midnight. */
const lookAgainMilliseconds = 3_600_000;

export function readAttentionParameters(): AttentionParameters {
	const file = join(packageRoot(), 'scoring/attention/dynamic-risk.yaml');
	return attentionSchema.parse(parse(readFileSync(file, 'utf8')));
}

/** Keeps 动态风险分 up: at start and hourly what is behind the day, and soon after seals. One run at a time. */
export async function startAttention(backend: Backend): Promise<void> {
	const parameters = readAttentionParameters();
	let queue: Promise<unknown> = Promise.resolve();
	let settling: NodeJS.Timeout | undefined;
	const closing = new AbortController();
	/** Of those sealed since the last run. */
	const sealed = new Set<string>();
	const run = (around: readonly string[] | null) => {
		queue = queue.then(async () => {
			if (closing.signal.aborted) return;
			try {
				await scoreAttention(backend, parameters, { around, stop: closing.signal });
			} catch (error) {
				// What was left undone is behind the day and found again by the next run.
				log.error({ err: error }, 'attention: run failed');
			}
		});
	};
	const forget = onSealed(({ enterpriseId }) => {
		sealed.add(enterpriseId);
		settling ??= setTimeout(() => {
			settling = undefined;
			run([...sealed]);
			sealed.clear();
		}, settleMilliseconds);
	});
	const hourly = setInterval(() => run(null), lookAgainMilliseconds);
	hourly.unref();
	onShutdown('workers', async () => {
		closing.abort();
		clearTimeout(settling);
		clearInterval(hourly);
		forget();
		await queue;
	});
	run(null);
}
