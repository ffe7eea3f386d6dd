import type { Strokes } from '#lib/inspection/inspection.ts';
import { pathOf } from './caseFile.ts';
import type { ReadRecord } from './trace.ts';

/** A drawn signature of a record. */
export interface Signer {
	path: string;
	role: 'on_site' | 'witness' | 'inspector' | 'companion' | 'adopter';
	name: string;
	/** Duty, identity or licence. */
	detail: string | null;
	at: string;
	strokes: Strokes;
}

/** Who drew what, in the order in which the paper shows it. */
export function signersOf(one: ReadRecord): Signer[] {
	if (one.kind === 'other') return [];
	const signers: Omit<Signer, 'path'>[] = [];
	if (one.kind === 'adoption') {
		const { name, licence, signature, at } = one.read.inspector;
		signers.push({ role: 'adopter', name, detail: licence, at, strokes: signature });
	} else {
		const { content, cosignature } = one.read;
		const { onSite, inspector } = content;
		if (onSite?.outcome === 'signed')
			signers.push({ ...onSite, role: 'on_site', detail: onSite.duty, strokes: onSite.signature });
		if (onSite?.outcome === 'refused' && onSite.witness.signature) {
			const { name, identity, signature } = onSite.witness;
			signers.push({ role: 'witness', name, detail: identity, at: onSite.at, strokes: signature });
		}
		signers.push({
			...inspector,
			role: 'inspector',
			detail: inspector.licence,
			strokes: inspector.signature
		});
		if (cosignature)
			signers.push({
				...cosignature,
				role: 'companion',
				detail: cosignature.licence,
				strokes: cosignature.signature
			});
	}
	return signers.map(({ role, name, detail, at, strokes }) => ({
		path: pathOf.signature(one.record.position, role),
		role,
		name,
		detail,
		at,
		strokes
	}));
}
