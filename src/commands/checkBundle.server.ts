/** `npm run -s verify -- --bundle FILE`: a case bundle, line by line, without a server and without a data folder. */
import { existsSync } from 'node:fs';
import { shanghaiMinute } from '#lib/calendar.ts';
import type { MessageKey, Translate } from '#lib/messages/index.ts';
import { verifyBundle, type BundleReport } from '#lib/record/bundle/verifyBundle.server.ts';
import { exitCodes, printProblem } from './terminal.ts';

type Finding = BundleReport['findings'][number];

export interface BundleArguments {
	file: string;
	/** The fingerprint that the agency publishes, sha-256 in hex; spaces and colons do not matter. */
	key: string | undefined;
	json: boolean;
}

/** @returns the exit code: 0 everything holds · 1 something does not, or the file is no bundle · 2 no such file. */
export async function checkBundle({ file, key, json }: BundleArguments, t: Translate): Promise<number> {
	if (!existsSync(file)) {
		console.error(t('command.unknown_option', { message: `${file}: no such file` }));
		return exitCodes.usage;
	}
	const verified = await verifyBundle(file);
	if (!verified.ok) {
		printProblem(verified.problem, t, file);
		return exitCodes.refused;
	}
	const report = verified.value;
	const expected = key?.replaceAll(/[\s:]/g, '').toLowerCase();
	const isKey = expected === undefined || expected === report.fingerprint;
	const broken = report.findings.filter(({ verdict }) => verdict !== 'holds').length + (isKey ? 0 : 1);
	if (json) console.log(JSON.stringify({ ...report, holds: broken === 0 }));
	else print(report, expected, broken, t);
	return broken === 0 ? exitCodes.done : exitCodes.refused;
}

function print(
	{ manifest, fingerprint, findings }: BundleReport,
	expected: string | undefined,
	broken: number,
	t: Translate
) {
	if (manifest)
		console.log(
			t('bundle.command.head', {
				agency: manifest.agency,
				records: manifest.records.length,
				documents: manifest.documents.length,
				files: manifest.files.length,
				time: shanghaiMinute(manifest.stateAt)
			})
		);
	for (const finding of findings) console.log(lineOf(finding, t));
	const got = fingerprint ?? '—';
	if (expected === undefined) console.log(t('bundle.command.fingerprint', { fingerprint: got }));
	else if (expected === fingerprint) console.log(t('bundle.command.key_matches'));
	else console.log(t('bundle.command.key_differs', { got, expected }));
	console.log(
		broken === 0
			? t('bundle.command.holds', { count: findings.length })
			: t('bundle.command.broken', { count: broken })
	);
}

function lineOf({ verdict, kind, about, got, expected }: Finding, t: Translate): string {
	const line = t('bundle.command.line', {
		verdict: t(`bundle.verdict.${verdict}`),
		about,
		finding: t(`bundle.finding.${kind}` as MessageKey)
	});
	return got === undefined || expected === undefined
		? line
		: `${line} · ${t('bundle.difference', { got: shortened(got), expected: shortened(expected) })}`;
}

/** What differs may be whole texts; a line stays a line. */
const shortened = (text: string): string =>
	JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
