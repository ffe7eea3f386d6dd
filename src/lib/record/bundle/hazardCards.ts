import { chineseDate, shanghaiMinute } from '#lib/calendar.ts';
import type { StopKind } from '#lib/enterprise/stop.ts';
import { measureLine } from '#lib/hazard/hazardLine.ts';
import { majorFields } from '#lib/hazard/major/major.ts';
import type { Translate } from '#lib/messages/index.ts';
import type { CaseFile, CaseHazard, CaseMajorStep, CasePhoto } from './caseFile.ts';
import { facts, photoRow, photosOf, section, table } from './caseMarkup.ts';
import { safe, type Markup } from './markup.ts';
import type { PageParts, Section } from './pageParts.ts';

/** Each hazard with its photos, what was sent in, asked for and decided, and its steps. */
export const hazards: Section = (parts, t) =>
	section(
		t('record.hazards'),
		parts.file.hazards.length === 0 ? safe`<p>${t('inspection.result.clean')}</p>` : null,
		parts.file.photos.length > 0 ? safe`<p class="quiet">${t('bundle.photos.note')}</p>` : null,
		...parts.file.hazards.map((hazard, index) => hazardCard(hazard, index + 1, parts, t))
	);

function hazardCard(hazard: CaseHazard, number: number, { file }: PageParts, t: Translate): Markup {
	const photos = (purpose: string, of = hazard.id) => photosOf(file, purpose, of);
	const steps = file.transitions.filter(({ hazardId }) => hazardId === hazard.id);
	const majorSteps = file.majorSteps.filter(({ hazardId }) => hazardId === hazard.id);
	return safe`<article class="hazard"><h3>${number}. ${hazard.description}</h3><p class="quiet">${[
		hazard.part,
		t(`delivery.severity.${hazard.severity}`),
		measureLine(hazard, t),
		t(`enterprise.hazard.state.${hazard.state}`)
	].join(' · ')}</p>${facts([
		[t('inspection.hazard.legal_basis'), hazard.legalBasis],
		[t('inspection.hazard.acceptance'), hazard.acceptance]
	])}${photoRow(photos('hazard'), t('inspection.hazard.photos'))}${photoRow(photos('proof'), t('inspection.hazard.proof'))}${file.rectifications
		.filter(({ hazardId }) => hazardId === hazard.id)
		.map(
			(one) =>
				safe`<p><strong>${t('bundle.rectified', { time: shanghaiMinute(one.submittedAt) })}</strong> ${one.note}</p>${photoRow(photos('rectification', one.id), t('inspection.verdict.rectified'))}`
		)}${file.extensions
		.filter(({ hazardId }) => hazardId === hazard.id)
		.map(
			(one) => safe`${extensionLine(one, t)}${photoRow(photos('extension', one.id), t('bundle.extension'))}`
		)}${photoRow(photos('recheck'), t('inspection.verdict.now'))}${majorSteps.map((step) => majorStep(step, photos('major', step.id), t))}${table(
		[t('bundle.step.day'), t('bundle.step.state'), t('bundle.step.deadline'), t('bundle.step.note')],
		steps.map(({ day, to, deadline, note }) => [
			chineseDate(day),
			t(`enterprise.hazard.state.${to as CaseHazard['state']}`),
			deadline ? chineseDate(deadline) : '',
			note ?? ''
		])
	)}</article>`;
}

function extensionLine(one: CaseFile['extensions'][number], t: Translate): Markup {
	const asked = t('bundle.extension.by', {
		time: shanghaiMinute(one.askedAt),
		name: one.askedBy,
		day: chineseDate(one.wished)
	});
	const answer = [
		t(`bundle.extension.${one.state}`),
		one.until && chineseDate(one.until),
		one.decidedBy,
		one.decidedAt && shanghaiMinute(one.decidedAt),
		one.note
	].filter(Boolean);
	return safe`<p><strong>${asked}</strong> ${one.reason}</p><p>${answer.join(' · ')}</p>`;
}

/** A step of a 重大 hazard with all it said: a 治理方案 is told in full. */
function majorStep(
	{ act, at, byName, means, says }: CaseMajorStep,
	photos: CasePhoto[],
	t: Translate
): Markup {
	const said = Object.keys(majorFields[act].shape).map((name): [string, string | null] => {
		const value = says[name] ?? null;
		const shown = name === 'kind' && value ? t(`major.kind.${value as StopKind}`) : value;
		return [t(`major.field.${name as 'note'}`), shown];
	});
	return safe`<p><strong>${t(`major.act.${act}`)}</strong> <span class="quiet">${t(`major.means.${means}`, { name: byName })} · ${shanghaiMinute(at)}</span></p>${facts(said)}${photoRow(photos, t('bundle.major.scan'))}`;
}
