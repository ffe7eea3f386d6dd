import { shanghaiMinute } from '#lib/calendar.ts';
import { pathOf, type CaseFile } from './caseFile.ts';
import { safe, type Markup } from './markup.ts';

/** What the sections of a case's page are put together from. */

export const facts = (rows: [string, string | null][]): Markup =>
	safe`<dl>${rows.filter(([, value]) => value).map(([name, value]) => safe`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

export const section = (title: string, ...body: (Markup | null)[]): Markup =>
	safe`<section><h2>${title}</h2>${body}</section>`;

export const table = (heads: string[], rows: (string | Markup)[][]): Markup =>
	safe`<div class="scroll"><table><thead><tr>${heads.map((head) => safe`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((cells) => safe`<tr>${cells.map((cell) => safe`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

/** Files of one purpose and one row: a rectification, an extension, a paper, a step of a 重大 hazard, else a hazard. */
export const photosOf = ({ photos }: CaseFile, purpose: string, of: string) =>
	photos.filter(
		({ purpose: is, rectificationId, extensionId, paperReceiptId, majorStepId, hazardId }) =>
			is === purpose && (rectificationId ?? extensionId ?? paperReceiptId ?? majorStepId ?? hazardId) === of
	);

export function photoRow(photos: CaseFile['photos'], label: string): Markup | null {
	if (photos.length === 0) return null;
	const figures = photos.map((photo) => {
		const path = pathOf.photo(photo);
		if (photo.mediaType === 'application/pdf')
			return safe`<p><a href="${path}" data-path="${path}">${label} PDF</a></p>`;
		return safe`<figure><img src="${path}" data-path="${path}" alt="${label}" loading="lazy"><figcaption class="quiet">${label}${photo.takenAt && ` · ${shanghaiMinute(photo.takenAt)}`}</figcaption></figure>`;
	});
	return safe`<div class="photos">${figures}</div>`;
}
