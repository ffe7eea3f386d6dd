import { chineseDate, shanghaiMinute } from '#lib/calendar.ts';
import { headingOf } from '#lib/document/document.ts';
import { strokesSvg } from '#lib/document/strokes.ts';
import type { MessageKey, Translate } from '#lib/messages/index.ts';
import { changeSentence, changesBetween } from '../correction/changes.ts';
import { pathOf } from './caseFile.ts';
import { facts, photoRow, photosOf, section, table } from './caseMarkup.ts';
import { dataEnd, dataStart } from './check.js';
import { hazards } from './hazardCards.ts';
import { safe, trusted } from './markup.ts';
import type { PageParts, Section } from './pageParts.ts';

const contents = ({ records }: PageParts) =>
	records.flatMap((one) =>
		one.kind === 'inspection' || one.kind === 'correction' ? [one.read.content] : []
	);

const head: Section = ({ file, stateAt }, t) =>
	safe`<header><p class="quiet">${t('bundle.title')} · ${file.agency.name}${file.agency.isSample && `（${t('common.sample')}）`}</p><h1>${file.enterprise.name}</h1><p>${file.enterprise.address}${file.enterprise.creditCode && ` · ${file.enterprise.creditCode}`}</p><p class="quiet">${t('bundle.state_at', { time: shanghaiMinute(stateAt) })}</p></header>`;

/** What of persons is in it, said before anything else is shown. */
const personal: Section = (parts, t) => {
	const { file, signers, points } = parts;
	const said = contents(parts);
	const kinds: [MessageKey, boolean][] = [
		['bundle.personal.on_site', said.some(({ onSite }) => onSite !== null)],
		[
			'bundle.personal.phone',
			said.some(
				({ onSite, enterprise }) =>
					(onSite?.outcome === 'signed' && onSite.phone) || enterprise.principalPhone
			)
		],
		['bundle.personal.principal', said.some(({ enterprise }) => enterprise.principalName)],
		['bundle.personal.inspectors', true],
		['bundle.personal.signatures', signers.length > 0],
		['bundle.personal.photos', file.photos.length > 0],
		['bundle.personal.positions', points.length > 0],
		['bundle.personal.receipt', file.deliveryEvents.some(({ byName }) => byName)]
	];
	return safe`<div class="notice"><strong>${t('bundle.personal')}</strong><ul>${kinds.filter(([, isThere]) => isThere).map(([key]) => safe`<li>${t(key)}</li>`)}</ul><p>${t('bundle.personal.duty')}</p></div>`;
};

const checks: Section = ({ fingerprint }, t) =>
	section(
		t('bundle.checks'),
		safe`<p id="summary" class="summary" role="status">${t('bundle.no_script')}</p><details><summary>${t('bundle.each')}</summary><ul id="checks" class="checks"></ul></details>`,
		safe`<p>${t('bundle.choose')}</p><div id="choose"><label>${t('bundle.choose.zip')}<input id="zip" type="file" accept=".zip,application/zip"></label><label>${t('bundle.choose.folder')}<input id="folder" type="file" webkitdirectory multiple></label></div><p id="file-summary" class="summary" role="status"></p><details><summary>${t('bundle.each')}</summary><ul id="file-checks" class="checks"></ul></details>`,
		safe`<p class="quiet">${t('bundle.checks.limits')}</p><p class="quiet">${t('bundle.fingerprint')} <code>${fingerprint}</code></p>`
	);

const visits: Section = ({ file, records }, t) =>
	section(
		t('bundle.inspections'),
		...file.inspections.map((inspection) => {
			const found = records.find((one) => one.kind === 'inspection' && one.read.content.id === inspection.id);
			const content = found?.kind === 'inspection' ? found.read.content : null;
			const refused = content?.onSite?.outcome === 'refused' ? content.onSite.reason : null;
			return facts([
				[t(`inspection.kind.${inspection.kind}`), chineseDate(inspection.inspectedOn)],
				[t('bundle.track'), t(`document.track.${inspection.track}`)],
				[
					t('record.signature.inspector'),
					[inspection.inspectorName, inspection.companionName].filter(Boolean).join('、')
				],
				[t('record.check_in'), checkInText(content?.checkIn, t)],
				[t('bundle.heard'), inspection.checkInHeardAt && shanghaiMinute(inspection.checkInHeardAt)],
				[t('bundle.not_checked'), content?.notChecked?.reason ?? null],
				[t('bundle.refused'), refused],
				[t('bundle.answers'), content && content.answers.length > 0 ? answersText(content.answers, t) : null]
			]);
		})
	);

type Content = ReturnType<typeof contents>[number];

function checkInText(checkIn: Content['checkIn'] | undefined, t: Translate): string | null {
	if (!checkIn) return null;
	const time = shanghaiMinute(checkIn.at);
	const where =
		checkIn.position && checkIn.distanceMetres !== null
			? t('record.check_in.value', {
					time,
					distance: Math.round(checkIn.distanceMetres),
					accuracy: Math.round(checkIn.position.accuracyMetres ?? 0)
				})
			: t('record.check_in.none', { time });
	return checkIn.reason ? `${where} · ${t('record.check_in.reason', { reason: checkIn.reason })}` : where;
}

const answersText = (answers: Content['answers'], t: Translate): string => {
	const count = (value: string) => answers.filter(({ answer }) => answer === value).length;
	return t('inspection.result.answers', {
		total: answers.length,
		pass: count('pass'),
		fail: count('fail'),
		notApplicable: count('not_applicable')
	});
};

/** Which record stands in the place of which, and what was put right, made of the two sealed texts. */
const corrections: Section = ({ file, records }, t) =>
	file.corrections.length === 0
		? null
		: section(
				t('bundle.corrections'),
				...file.corrections.map(({ id, supersedes, number, reason, byName, at }) => {
					const contentOf = (subjectId: string) =>
						records.flatMap((one) =>
							(one.kind === 'inspection' || one.kind === 'correction') && one.record.subjectId === subjectId
								? [one.read.content]
								: []
						)[0];
					const [before, after] = [contentOf(supersedes), contentOf(id)];
					const changes = before && after ? changesBetween(before, after) : [];
					return safe`<article class="hazard"><h3>${t('record.correction.title', { number })}</h3><p class="quiet">${t('record.correction.by', { name: byName, at: shanghaiMinute(at) })}</p><p>${reason}</p><ul>${changes.map((change) => safe`<li>${changeSentence(change)}</li>`)}</ul></article>`;
				})
			);

const papers: Section = ({ file }, t) =>
	section(
		t('record.documents'),
		table(
			[
				t('bundle.paper'),
				t('bundle.paper.number'),
				t('bundle.paper.issued'),
				t('bundle.paper.state'),
				t('bundle.paper.file')
			],
			file.documents.map((document) => {
				const path = pathOf.document(document);
				const signedPath = pathOf.signedDocument(document);
				const signed = document.signature
					? safe` <a href="${signedPath}" data-path="${signedPath}">${t('bundle.paper.signed')}</a>`
					: '';
				return [
					headingOf(document.kind, document.track).title,
					document.numberText,
					shanghaiMinute(document.issuedAt),
					document.replacedBy
						? t('verification.by', { number: document.replacedBy })
						: t(`verification.state.${document.state}`),
					document.pdfSha256
						? safe`<a href="${path}" data-path="${path}">PDF</a>${signed}`
						: t('bundle.paper.none')
				];
			})
		)
	);

const signatures: Section = ({ signers }, t) =>
	section(
		t('record.signatures'),
		safe`<div class="signatures">${signers.map(
			({ role, name, detail, at, strokes }) =>
				safe`<figure>${trusted(strokesSvg(strokes))}<figcaption>${t(`bundle.signer.${role}`)} ${name}<small>${detail} ${shanghaiMinute(at)}</small></figcaption></figure>`
		)}</div><p class="quiet">${t('document.signature_level')}</p>`
	);

const place: Section = ({ points, sketch }, t) =>
	sketch === null
		? null
		: section(
				t('bundle.place'),
				safe`<div class="sketch">${trusted(sketch)}</div><p class="quiet">${t('bundle.place.note')}</p>`,
				table(
					[
						t('bundle.point'),
						t('bundle.point.at'),
						t('bundle.point.longitude'),
						t('bundle.point.latitude'),
						t('bundle.point.accuracy')
					],
					points.map(({ kind, number, at, longitude, latitude, accuracyMetres }) => [
						`${t(`bundle.point.${kind}`)}${number ? ` ${number}` : ''}`,
						at ? shanghaiMinute(at) : '',
						longitude.toFixed(6),
						latitude.toFixed(6),
						accuracyMetres === null ? '' : t('bundle.metres', { count: Math.round(accuracyMetres) })
					])
				)
			);

const delivered: Section = ({ file }, t) =>
	file.deliveries.length === 0
		? null
		: section(
				t('record.delivery'),
				table(
					[t('bundle.point.at'), t('bundle.delivery.what'), t('bundle.delivery.who'), t('bundle.step.note')],
					file.deliveryEvents.map(({ kind, at, byName, means, note }) => [
						shanghaiMinute(at),
						deliveryWord(kind, t),
						[byName, meansWord(means, t)].filter(Boolean).join(' · '),
						// Of these two the note is a number of the program's own.
						['rectified', 'extension_asked'].includes(kind) ? '' : (note ?? '')
					])
				),
				...file.papers.map(
					(one) =>
						safe`<p>${t('bundle.signed_paper', { name: one.signedBy, day: chineseDate(one.signedOn), recorder: one.recordedBy })} ${one.note}</p>${photoRow(photosOf(file, 'signed_paper', one.id), t('bundle.delivery.signed_paper'))}`
				)
			);

/** Kinds that are added later are told by their own name. */
const known = [
	'opened',
	'received',
	'objected',
	'answered',
	'rectified',
	'extension_asked',
	'code_wrong',
	'reissued',
	'revoked',
	'signed_paper',
	'corrected'
] as const;
const deliveryWord = (kind: string, t: Translate): string => {
	const found = known.find((one) => one === kind);
	return found ? t(`bundle.delivery.${found}`) : kind;
};

const knownMeans = ['screen', 'paper', 'account', 'print'] as const;
const meansWord = (means: string | null, t: Translate): string | null => {
	const found = knownMeans.find((one) => one === means);
	return found ? t(`bundle.means.${found}`) : means;
};

const chain: Section = ({ records }, t) =>
	section(
		t('bundle.chain'),
		safe`<p>${t('bundle.chain.note')}</p>`,
		table(
			[
				t('bundle.chain.position'),
				t('bundle.chain.sealed'),
				t('bundle.chain.sha256'),
				t('bundle.chain.link')
			],
			records.map(({ record }) => [
				String(record.position),
				shanghaiMinute(record.sealedAt),
				safe`<code>${record.sha256}</code>`,
				safe`<code>${record.link}</code>`
			])
		)
	);

const sections: Section[] = [
	head,
	personal,
	checks,
	visits,
	hazards,
	corrections,
	papers,
	signatures,
	place,
	delivered,
	chain
];

/** What a browser may do with the page: show what lies beside it. It may ask nobody anything. */
const policy =
	"default-src 'none'; img-src 'self' file: blob: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The page of a case, always in the language of the papers, with nothing where its statement goes
 * (`statementText`, between `dataStart` and `dataEnd`): this is what the manifest has the hash of.
 */
export function casePage(parts: PageParts, t: Translate): string {
	const words = JSON.stringify(parts.words).replaceAll('<', '\\u003c');
	return safe`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="robots" content="noindex">
<title>${parts.file.enterprise.name} · ${t('bundle.title')}</title>
<style>${trusted(parts.style)}</style>
</head>
<body>
<main>${sections.map((one) => one(parts, t))}</main>
<script type="application/json" id="words">${trusted(words)}</script>
${trusted(dataStart + dataEnd)}
<script type="module">${trusted(parts.script)}</script>
</body>
</html>
`.markup;
}

/** The page with its statement. */
export const withStatement = (page: string, statement: string): string =>
	page.replace(dataStart, () => dataStart + statement);
