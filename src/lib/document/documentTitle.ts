import type { MessageKey } from '#lib/messages/index.ts';
import type { DocumentKind } from './document.ts';
import type { Track } from './track.ts';

/** What a document is called on the screen; on paper it is always Chinese (`headingOf`). */
export const documentTitleKey = (kind: DocumentKind, track: Track): MessageKey =>
	kind === 'rectification_order'
		? track === 'A'
			? 'document.title.rectification_order_a'
			: 'document.title.rectification_order_b'
		: `document.kind.${kind}`;
