import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';

export interface EvidenceDefect {
	/** `file_size`: the row states another size than the bytes have, which are those of the hash */
	kind: 'file_missing' | 'file_changed' | 'file_size';
	sha256: string;
	got: string;
	expected: string;
}

export interface EvidenceReport {
	files: number;
	defects: EvidenceDefect[];
}

interface EvidenceRow {
	sha256: string;
	bytes: number;
}

const filesPerPage = 500;

/** Reads every file of evidence and holds its bytes against the hash that is its name. */
export async function verifyEvidence(backend: Backend): Promise<EvidenceReport> {
	const report: EvidenceReport = { files: 0, defects: [] };
	let after = '';
	for (;;) {
		const page = expectValue<EvidenceRow[]>(
			await backend
				.asService('document worker')
				.rpc('read_evidence_files', { p_after: after, p_limit: filesPerPage })
		);
		for (const row of page) report.defects.push(...(await fileDefects(backend, row)));
		report.files += page.length;
		after = page.at(-1)?.sha256 ?? after;
		if (page.length < filesPerPage) return report;
	}
}

async function fileDefects(backend: Backend, { sha256, bytes }: EvidenceRow): Promise<EvidenceDefect[]> {
	const defect = (kind: EvidenceDefect['kind'], got: string, expected: string) => [
		{ kind, sha256, got, expected }
	];
	try {
		const found = await backend.evidence.get(sha256);
		if (found.ok)
			return found.value.byteLength === bytes
				? []
				: defect('file_size', String(bytes), String(found.value.byteLength));
		if (found.problem.code !== 'evidence.not_found') throw new Error(`evidence: got ${found.problem.code}`);
		return defect('file_missing', '—', sha256);
	} catch (error) {
		// The store throws when the bytes under an address are not those of the address.
		if (!/expected [0-9a-f]{64}$/.test((error as Error).message)) throw error;
		return defect('file_changed', (error as Error).message, sha256);
	}
}
