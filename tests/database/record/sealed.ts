import { createHash } from 'node:crypto';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';
import type { Street } from './street.ts';
import { alarmHazard, cleanVisit, drawn, withHazard } from './visit.ts';

/** A real picture, different for each number: a PNG of one pixel with a text after its end. */
export function picture(number: number): { bytes: Uint8Array<ArrayBuffer>; sha256: string } {
	const pixel = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	);
	const bytes = new Uint8Array(Buffer.concat([pixel, Buffer.from(String(number))]));
	return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const requestOf = (bytes: Uint8Array<ArrayBuffer>) =>
	new Request('http://test.invalid', { method: 'PUT', body: bytes });

/** Seals a visit as this person; fails the test when it is not sealed. */
export async function sealedBy(
	opened: TestBackend,
	street: Street,
	body: InspectionContent,
	person = street.wang
) {
	const answer = await sealInspection(opened.backend, street.as(person), body);
	if (!answer.ok || answer.value.state !== 'sealed')
		throw new Error(`seal: got ${JSON.stringify(answer)}, expected sealed`);
	return answer.value;
}

/** Wang alone finds two hazards (track B): the alarm with a week, and a blocked exit with three days. */
export function foundTwo(street: Street, at: Date): InspectionContent {
	const today = shanghaiDate(at);
	const exit = alarmHazard(street, addDays(today, 3), {
		itemId: street.items.exit,
		itemCode: 'exit.clear',
		severity: 'major',
		description: '疏散出口上锁',
		legalBasis: '《安全生产法》第四十二条'
	});
	return withHazard(withHazard(cleanVisit({ street, at }), alarmHazard(street, addDays(today, 7))), exit);
}

/** Chen, a community worker, reports the alarm (track C). */
export function reported(street: Street, at: Date): InspectionContent {
	const visit = cleanVisit({ street, at });
	return withHazard(
		{
			...visit,
			inspector: { ...visit.inspector, userId: street.chen.userId, name: '陈社工', licence: null }
		},
		alarmHazard(street, addDays(shanghaiDate(at), 7))
	);
}

/** Wang looks at hazards again: the first passed, the others get another week. */
export function recheck(
	street: Street,
	at: Date,
	inspectionId: string,
	hazardIds: string[]
): InspectionContent {
	return {
		...cleanVisit({ street, at, kind: 'recheck' }),
		rechecks: inspectionId,
		checklistVersionIds: [],
		answers: [],
		verdicts: hazardIds.map((hazardId, index) => ({
			hazardId,
			passed: index === 0,
			note: index === 0 ? '已安装' : '仍上锁',
			newDeadline: index === 0 ? null : addDays(shanghaiDate(at), 7),
			photos: []
		}))
	};
}

/** 治理方案 of the blocked exit, each part with words. */
export const samplePlan = {
	situation: '疏散出口常年上锁；经营时间防盗所致',
	difficulty: '火灾时无法疏散，可能群死群伤；整改不难',
	goals: '出口常开',
	methods: '换推闩式门锁',
	funds: '门锁两把',
	organisation: '店长负责，两人施工',
	schedule: '三日内完成',
	safety: '施工期间停业，专人看守',
	responsible: '周店长',
	action: '先拆锁，再换门',
	budget: '800元，店内自筹',
	dueOn: '2026-11-22',
	contingency: '疏散预案，店长组织演练'
};

export type { Person };
export { drawn };
