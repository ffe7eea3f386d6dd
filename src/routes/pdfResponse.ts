import type { DocumentPdf } from '#lib/record/documentPdf.server.ts';

/** A paper with names on it: shown in the browser under its own number, kept by nothing in between. */
export const pdfResponse = ({ bytes, fileName }: DocumentPdf): Response =>
	new Response(bytes, {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
			'cache-control': 'private, no-store',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
		}
	});
